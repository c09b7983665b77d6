package io.caravan.load;

import io.caravan.load.ledger.LedgerIndex;
import io.caravan.load.remember.RowMemory;
import io.caravan.load.tally.ObjectTallies;

/** Chooses how loads end. */
@FunctionalInterface
interface Endings {

    /**
     * What a load has when its objects have been read.
     *
     * @param position the ledger's last position when the load took its objects
     * @param index the ledger by which it took them
     */
    record Staged(
            LoadTask task,
            ObjectTallies tallies,
            RowStaging rows,
            PrivatePart privatePart,
            RowMemory memory,
            LedgerIndex index,
            long position) {}

    /** Makes the ending of a load that begins. */
    Ending of(Staged staged);
}
