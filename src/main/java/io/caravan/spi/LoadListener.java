package io.caravan.spi;

import io.caravan.model.LoadRecord;
import io.caravan.model.ObjectVersion;

/**
 * Is told how loads get on. Loads of several feeds may run at once, each on a thread of its own, so implementations are
 * safe for use by several threads; they return at once and throw nothing.
 */
public interface LoadListener {

    /** Listens to nothing. */
    LoadListener NONE = new LoadListener() {};

    /**
     * A load has taken its objects; {@link #loadFinished} follows, unless all of them are left to a later load.
     *
     * @param objectCount objects of the load
     * @param totalBytes their size as stored
     */
    default void loadStarted(String feedName, String loadId, int objectCount, long totalBytes) {}

    /** The next object of a load is going to be read. */
    default void objectStarted(ObjectVersion object) {}

    /**
     * More of an object has been read; called every batch or so.
     *
     * @param storedBytesDelta bytes, as stored, since the last call
     * @param rowsDelta records since the last call, rejected ones too
     */
    default void progress(long storedBytesDelta, long rowsDelta) {}

    /** A load is over, committed or failed. */
    default void loadFinished(LoadRecord load) {}
}
