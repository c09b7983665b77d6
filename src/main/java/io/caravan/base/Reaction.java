package io.caravan.base;

/** What Caravan does about a failure. */
public enum Reaction {
    /** The whole load runs again later, from its objects; it would fail with any other objects too. */
    RETRYABLE,
    /**
     * The same; but the failure may lie in one object. If it stays, the objects are tried apart, until the one that fails
     * alone is found: it is set aside, and the others load without it.
     */
    RETRYABLE_APART,
    /** The object is set aside at once: it is tried again at a slower pace, and the others load without it. */
    SET_ASIDE,
    /** The row goes to the dead letters; its neighbours load. */
    REJECTED_ROW,
    /** The object can never load as it is: its reason goes to the ledger, the other objects load without it. */
    REJECTED_OBJECT,
    /** Do not start, or stop the feed, until somebody has changed a setting, a grant or a table. */
    FATAL;

    /** Returns whether what failed may succeed as it is. */
    public boolean isRetryable() {
        return this == RETRYABLE || this == RETRYABLE_APART || this == SET_ASIDE;
    }
}
