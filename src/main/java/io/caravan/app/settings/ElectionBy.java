package io.caravan.app.settings;

/** Where the replicas of the service find out which of them runs which feed. */
public enum ElectionBy {
    /** Nowhere: each runs all. */
    NONE,
    WAREHOUSE,
    KUBERNETES
}
