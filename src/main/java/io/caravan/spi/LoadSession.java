package io.caravan.spi;

import io.caravan.spi.preview.PreviewSession;

/**
 * One connection to the warehouse for one load: first the private part, which fills staging tables that nobody else sees, then
 * the shared part, one transaction. Used by one thread.
 */
public interface LoadSession extends AutoCloseable {

    /** Returns the private part. */
    StagingSession staging();

    /** Returns the shared part. */
    TargetSession target();

    /** Returns the queries that a preview uses instead of the shared part's changes. */
    PreviewSession preview();

    /** Rolls back what is not committed and gives the connection back. */
    @Override
    void close();
}
