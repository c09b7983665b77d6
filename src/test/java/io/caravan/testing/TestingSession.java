package io.caravan.testing;

import io.caravan.spi.LoadSession;
import io.caravan.spi.preview.PreviewSession;

record TestingSession(TestingStaging staging, TestingTarget target) implements LoadSession {

    @Override
    public PreviewSession preview() {
        throw new UnsupportedOperationException("the sandbox is there for previews");
    }

    @Override
    public void close() {
        target.close();
    }
}
