package io.caravan.load.replay;

import io.caravan.model.ledger.DeadLetterGroup;
import java.util.Iterator;
import java.util.List;

/** Rejected records that are to go through their feed again, by the objects that they stand in. Used by one thread. */
interface ReplayedRecords extends AutoCloseable {

    /**
     * Returns the next objects, oldest first; none if there are no more.
     *
     * @param limit at most so many
     */
    List<DeadLetterGroup> next(int limit);

    /** Begins to read the records of an object, in the order of their lines; what was being read before ends. */
    Iterator<ReplayedRecord> open(DeadLetterGroup group);

    @Override
    void close();
}
