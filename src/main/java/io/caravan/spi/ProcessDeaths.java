package io.caravan.spi;

import io.caravan.base.RejectedObjectException;
import io.caravan.model.ObjectVersion;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Remembers over the end of this process which objects were being loaded when it ended by a fault of its own, as out of memory.
 * An end that came from outside says nothing about an object. Safe for use by several threads.
 */
public interface ProcessDeaths {

    /** Remembers nothing. */
    ProcessDeaths NONE = new ProcessDeaths() {
        @Override
        public boolean isSuspect(String feed, ObjectVersion object) {
            return false;
        }

        @Override
        public Optional<RejectedObjectException> verdict(String feed, ObjectVersion object) {
            return Optional.empty();
        }

        @Override
        public <T> T during(String feed, List<ObjectVersion> objects, Supplier<T> load) {
            return load.get();
        }

        @Override
        public void forget(String feed, List<ObjectVersion> objects) {}
    };

    /**
     * Returns whether the process has ended once while the object was being loaded. That may have been another's fault, so it is to
     * be loaded alone.
     */
    boolean isSuspect(String feed, ObjectVersion object);

    /** Returns why the object is not to be read again: the process has ended twice while it was being loaded. */
    Optional<RejectedObjectException> verdict(String feed, ObjectVersion object);

    /**
     * Loads objects, and notes as long that they are being loaded. If one of them is a suspect, waits until nothing else is being
     * loaded, and what comes after it waits for that.
     */
    <T> T during(String feed, List<ObjectVersion> objects, Supplier<T> load);

    /** Forgets what is held against objects that are dealt with. */
    void forget(String feed, List<ObjectVersion> objects);
}
