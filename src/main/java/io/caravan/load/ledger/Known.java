package io.caravan.load.ledger;

/** The knowledge about an object version without a query of the ledger. */
public enum Known {
    /** As of the last look, this version is not the ledger's last one for its key. */
    NEW,
    /** This version is the ledger's last one for its key. */
    DONE,
    /**
     * The ledger had its ETag last under its key, but the object was stored later than the version that the ledger had: it is
     * the same content once more, or another version was loaded in between, perhaps by another process. Only the ledger knows.
     */
    STORED_AGAIN
}
