package io.caravan.model.ledger;

import java.time.Duration;

/**
 * Where a load spent its time.
 *
 * @param reading from the first object's request to the last row handed to staging
 * @param staging from there to the last row in the staging table, one for each key
 * @param merging the transaction on the target, from waiting for the ledger's lock to the commit
 */
public record PhaseTimes(Duration reading, Duration staging, Duration merging) {

    public static final PhaseTimes NONE = new PhaseTimes(Duration.ZERO, Duration.ZERO, Duration.ZERO);
}
