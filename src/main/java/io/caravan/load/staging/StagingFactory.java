package io.caravan.load.staging;

import io.caravan.model.feed.MergePlan;
import io.caravan.spi.StagingSession;
import java.util.Optional;

/** Chooses how a load stages its rows. */
@FunctionalInterface
public interface StagingFactory {

    /**
     * Makes the load's way of staging.
     *
     * @param plan by which the session has created its staging tables
     */
    Staging create(StagingSession session, MergePlan plan);

    /** Returns a way of staging that needs no session, as its rows go nowhere; empty if they do. */
    default Optional<Staging> withoutSession(MergePlan plan) {
        return Optional.empty();
    }
}
