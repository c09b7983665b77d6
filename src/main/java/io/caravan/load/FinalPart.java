package io.caravan.load;

import io.caravan.load.tally.ObjectTallies;
import io.caravan.model.ledger.LoadRecord;
import io.caravan.model.ledger.PhaseTimes;
import io.caravan.spi.LoadSession;

/** What follows a load's private part. */
interface FinalPart {

    /**
     * Compares what is staged with the target, and deals with it.
     *
     * @param scripts the feed's own SQL
     * @param times how long reading and staging took
     * @return the load as the ledger has it, or would have it
     * @throws io.caravan.base.RejectedObjectException if the snapshot would delete too much; nothing has happened, and it can be
     *     done without it
     * @throws io.caravan.base.RetryableException if it is not known what would come of it, or what did
     */
    LoadRecord end(LoadSession session, ObjectTallies tallies, LoadScripts scripts, PhaseTimes times);
}
