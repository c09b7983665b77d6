package io.caravan.load;

import io.caravan.base.ErrorCode;
import io.caravan.base.RetryableException;
import io.caravan.model.ChangeCounts;
import io.caravan.model.feed.MergePolicy;
import io.caravan.model.ledger.LoadRecord;

/** Makes sure that no row is lost on its way: a load whose counts do not add up is not committed. */
final class CountCheck {

    private CountCheck() {}

    /**
     * Returns how many rows the target must have after a load's changes. The load computes its unchanged rows as the remainder,
     * so its own counts can contradict each other only by a negative remainder; this number is compared with the target itself.
     *
     * @param before how many rows the target had
     */
    static long rowsAfter(MergePolicy merge, ChangeCounts changes, long before) {
        boolean keepsVersions = merge.mode().keepsVersions();
        long gone = merge.deletedColumn() == null && !keepsVersions ? changes.deleted() + changes.missing() : 0;
        long versions = keepsVersions ? changes.updated() : 0;
        return before + changes.inserted() + versions - gone;
    }

    /** Requires that the target has as many rows as it must have after a load. */
    static void requireRows(LoadRecord load, long expected, long rows) {
        if (rows != expected) {
            throw doNotAddUp(
                    "the target should have " + expected + " rows and has " + rows + " after " + load.counts());
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
