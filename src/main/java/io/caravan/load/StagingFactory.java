package io.caravan.load;

import io.caravan.model.MergePlan;
import io.caravan.spi.LoadSession;

/** Chooses how a load stages its rows. */
@FunctionalInterface
interface StagingFactory {

    /**
     * Makes the load's way of staging.
     *
     * @param plan by which the session has created its staging tables
     */
    Staging create(LoadSession session, MergePlan plan);
}
