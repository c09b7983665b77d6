package io.caravan.load;

import io.caravan.load.tally.ObjectTallies;
import io.caravan.model.ledger.LoadRecord;
import io.caravan.model.ledger.PhaseTimes;
import io.caravan.spi.LoadSession;

/** The part of a load that follows its private part. */
interface FinalPart {

    /**
     * Compares the staged rows with the target, and merges them or shows the changes.
     *
     * @param scripts the feed's own SQL
     * @param times the duration of reading and staging
     * @return the load as the ledger has it, or would have it
     * @throws io.caravan.base.RejectedObjectException if the snapshot would delete too much; nothing has changed, and this
     *     can be called again without the snapshot
     * @throws io.caravan.base.RetryableException if the outcome is unknown
     */
    LoadRecord end(LoadSession session, ObjectTallies tallies, LoadScripts scripts, PhaseTimes times);
}
