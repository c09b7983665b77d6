package io.caravan.spi;

import io.caravan.base.RejectedObjectException;
import io.caravan.model.ObjectVersion;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Records, beyond the end of the process, the objects that were being loaded when the process ended by itself, for example
 * out of memory. An end that was caused from outside does not count against an object. Safe for use by several threads.
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
     * Returns whether the process has ended once while the object was being loaded. Another object may have been the cause,
     * so a suspect must be loaded alone.
     */
    boolean isSuspect(String feed, ObjectVersion object);

    /** Returns the reason to reject the object unread, if the process has ended twice while the object was being loaded. */
    Optional<RejectedObjectException> verdict(String feed, ObjectVersion object);

    /**
     * Loads objects, and records them as being loaded until the load ends. If one of them is a suspect, waits until no other
     * load runs; later loads wait for this one.
     */
    <T> T during(String feed, List<ObjectVersion> objects, Supplier<T> load);

    /** Forgets the process ends that were recorded for objects, once they are dealt with. */
    void forget(String feed, List<ObjectVersion> objects);
}
