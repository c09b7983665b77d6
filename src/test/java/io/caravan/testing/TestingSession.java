package io.caravan.testing;

import io.caravan.spi.LoadSession;

record TestingSession(TestingStaging staging, TestingTarget target) implements LoadSession {

    @Override
    public void close() {
        target.close();
    }
}
