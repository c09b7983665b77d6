package io.caravan.load.ledger;

/** What is known of an object version without asking the ledger. */
public enum Known {
    /** The ledger did not have it last under its key, when it was last looked at. */
    NEW,
    /** The ledger had it last under its key. */
    DONE,
    /**
     * The ledger had its ETag last under its key, but the object was stored later than the version that the ledger had: it is
     * the same content once more, or another version was loaded in between, perhaps by another process. Only the ledger knows.
     */
    STORED_AGAIN
}
