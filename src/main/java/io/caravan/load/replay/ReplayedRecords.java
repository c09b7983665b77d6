package io.caravan.load.replay;

import io.caravan.model.ledger.DeadLetterGroup;
import java.util.Iterator;
import java.util.List;

/** Rejected records to replay, by their original objects. Used by one thread. */
interface ReplayedRecords extends AutoCloseable {

    /**
     * Returns the next objects, oldest first; none if there are no more.
     *
     * @param limit the greatest number of objects
     */
    List<DeadLetterGroup> next(int limit);

    /** Begins to read the records of an object, in the order of their lines; ends an earlier read. */
    Iterator<ReplayedRecord> open(DeadLetterGroup group);

    @Override
    void close();
}
