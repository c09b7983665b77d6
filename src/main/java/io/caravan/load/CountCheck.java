package io.caravan.load;

import io.caravan.base.ErrorCode;
import io.caravan.base.RetryableException;
import io.caravan.load.tally.ObjectTallies;
import io.caravan.load.tally.ObjectTally;
import io.caravan.model.ChangeCounts;
import io.caravan.model.feed.MergePolicy;
import io.caravan.model.ledger.LoadRecord;
import io.caravan.spi.StagingTable;
import java.util.Map;

/** Makes sure that no row is lost on its way: a load whose counts do not add up is not committed. */
final class CountCheck {

    private CountCheck() {}

    /**
     * Requires that all sent rows have arrived in the staging tables.
     *
     * @param counts the rows of the staging tables, by object
     */
    static void requireStaged(Map<StagingTable, Map<Integer, Long>> counts, ObjectTallies tallies) {
        Map<Integer, Long> rows = counts.getOrDefault(StagingTable.ROWS, Map.of());
        Map<Integer, Long> rejected = counts.getOrDefault(StagingTable.REJECTED, Map.of());
        for (ObjectTally tally : tallies.all()) {
            long rowsStaged = rows.getOrDefault(tally.number(), 0L);
            long rejectedStaged = rejected.getOrDefault(tally.number(), 0L);
            if (!tally.isDropped() && (rowsStaged != tally.staged() || rejectedStaged != tally.rejectedRows())) {
                throw doNotAddUp("object " + tally.number() + " has " + tally.staged() + " rows and "
                        + tally.rejectedRows() + " rejected rows, the staging tables have " + rowsStaged + " and "
                        + rejectedStaged);
            }
        }
    }

    /**
     * Requires that the target has gained and lost as many rows as the load counts. The load computes its unchanged rows as
     * the remainder, so its own counts can contradict each other only by a negative remainder; this check compares them with
     * the target itself.
     *
     * @param before how many rows the target had
     * @param after how many rows it has
     */
    static void requireChanged(MergePolicy merge, LoadRecord load, ChangeCounts changes, long before, long after) {
        boolean keepsVersions = merge.mode().keepsVersions();
        long gone = merge.deletedColumn() == null && !keepsVersions ? changes.deleted() + changes.missing() : 0;
        long versions = keepsVersions ? changes.updated() : 0;
        if (!addUp(load) || after != before + changes.inserted() + versions - gone) {
            throw doNotAddUp("the target had " + before + " rows and has " + after + " after " + load.counts());
        }
    }

    /** Requires that the other counts add up to the number of records read. */
    static void requireSum(LoadRecord load) {
        if (!addUp(load)) {
            throw doNotAddUp(load.counts().toString());
        }
    }

    private static boolean addUp(LoadRecord load) {
        return load.objects().stream().allMatch(entry -> entry.counts().addUp());
    }

    private static RetryableException doNotAddUp(String what) {
        return new RetryableException(
                ErrorCode.COUNTS_DO_NOT_ADD_UP, "The counts do not add up, so nothing is committed: " + what);
    }
}
