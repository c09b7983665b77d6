package io.caravan.model;

import java.util.Locale;

/** What became of an object version, or of a load. */
public enum Outcome {
    /** Its rows are in the target. */
    LOADED,
    /** A newer snapshot made it needless before it was read. */
    SUPERSEDED,
    /** It can never load as it is; the target is as it was. */
    REJECTED,
    /** The load did not commit; its objects will be tried again. Never said of an object. */
    FAILED;

    /** Returns the name as the ledger shows it. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
