package io.caravan.load;

import io.caravan.load.ledger.LedgerIndex;
import io.caravan.load.remember.RowMemory;
import io.caravan.load.tally.ObjectTallies;

/** Creates the endings of loads. */
@FunctionalInterface
interface Endings {

    /**
     * The state of a load when its objects have been read.
     *
     * @param position the ledger's last position when the load took its objects
     * @param index the ledger index from which the load took its objects
     */
    record Staged(
            LoadTask task,
            ObjectTallies tallies,
            RowStaging rows,
            PrivatePart privatePart,
            RowMemory memory,
            LedgerIndex index,
            long position) {}

    /** Creates the ending of a load that begins. */
    Ending of(Staged staged);
}
