package io.caravan.spi;

import io.caravan.model.LoadRecord;
import io.caravan.model.ObjectVersion;
import java.util.List;

/** Told how loads go on, on the threads that run them. What it throws fails the load, so it throws nothing. */
public interface LoadListener {

    /** A load has taken these objects. */
    default void loadStarted(String feed, String loadId, List<ObjectVersion> objects) {}

    /**
     * A load has read on.
     *
     * @param storedBytes bytes, as stored, read since it was told last
     * @param records records read since it was told last
     */
    default void loadProgressed(String loadId, long storedBytes, long records) {}

    /** A load is done with an object, though not yet committed. */
    default void objectRead(String loadId, ObjectVersion object) {}

    /** A load has ended, committed or failed. */
    default void loadEnded(LoadRecord load) {}
}
