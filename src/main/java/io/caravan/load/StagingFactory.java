package io.caravan.load;

import io.caravan.spi.LoadSession;

/** Chooses how a load stages its rows. */
@FunctionalInterface
interface StagingFactory {

    Staging create(LoadSession session);
}
