package io.caravan.redshift;

import io.caravan.spi.LoadSession;
import io.caravan.spi.StagingSession;
import io.caravan.spi.TargetSession;

/** Both parts of a load, over one connection. */
final class RedshiftLoadSession implements LoadSession {

    private final SessionConnection connection;
    private final StagingSession staging;
    private final TargetSession target;

    RedshiftLoadSession(SessionConnection connection, StagingSession staging, TargetSession target) {
        this.connection = connection;
        this.staging = staging;
        this.target = target;
    }

    @Override
    public StagingSession staging() {
        return staging;
    }

    @Override
    public TargetSession target() {
        return target;
    }

    @Override
    public void close() {
        connection.close();
    }
}
