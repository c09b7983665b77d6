package io.caravan.load.staging;

import io.caravan.model.feed.MergePlan;
import io.caravan.spi.StagingSession;

/** Chooses how a load stages its rows. */
@FunctionalInterface
public interface StagingFactory {

    /**
     * Makes the load's way of staging.
     *
     * @param plan by which the session has created its staging tables
     */
    Staging create(StagingSession session, MergePlan plan);
}
