package io.caravan.app;

/** Where the replicas of the service find out which of them runs which feed. */
enum ElectionBy {
    /** Nowhere: each runs all. */
    NONE,
    WAREHOUSE,
    KUBERNETES
}
