package io.caravan.load;

/** A feed's own SQL in the transaction of a load. */
public interface LoadScripts {

    /** Runs after the ledger is locked, before the target is compared and changed. */
    default void beforeMerge() {}

    /** Runs after the target is changed and counted, before the commit. */
    default void afterMerge() {}
}
