package io.caravan.base;

/** What Caravan does about a failure. */
public enum Reaction {
    /** The whole load runs again later, from its objects. */
    RETRYABLE,
    /** The row goes to the dead letters; its neighbours load. */
    REJECTED_ROW,
    /** The object can never load as it is: its reason goes to the ledger, the other objects load without it. */
    REJECTED_OBJECT,
    /** Do not start, or stop the feed, until somebody has changed a setting. */
    FATAL
}
