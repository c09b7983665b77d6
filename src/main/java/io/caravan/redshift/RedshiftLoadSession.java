package io.caravan.redshift;

import io.caravan.redshift.connection.SessionConnection;
import io.caravan.spi.LoadSession;
import io.caravan.spi.StagingSession;
import io.caravan.spi.TargetSession;
import io.caravan.spi.preview.PreviewSession;

/** Both parts of a load, over one connection. */
final class RedshiftLoadSession implements LoadSession {

    private final SessionConnection connection;
    private final StagingSession staging;
    private final TargetSession target;
    private final PreviewSession preview;

    RedshiftLoadSession(
            SessionConnection connection, StagingSession staging, TargetSession target, PreviewSession preview) {
        this.connection = connection;
        this.staging = staging;
        this.target = target;
        this.preview = preview;
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
    public PreviewSession preview() {
        return preview;
    }

    @Override
    public void close() {
        connection.close();
    }
}
