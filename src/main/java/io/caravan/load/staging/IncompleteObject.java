package io.caravan.load.staging;

import io.caravan.load.tally.ObjectTally;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;

/** An object of which COPY has left out rows. */
final class IncompleteObject {

    private final ObjectTally tally;
    private final long missing;
    private final long maxRejectedRows;
    private final List<Long> lines = new ArrayList<>();
    private long found;

    /** One bit a line. */
    private final BitSet arrived = new BitSet();

    /**
     * Nothing is known yet of the rows that are missing.
     *
     * @param missing how many they are; positive
     * @param maxRejectedRows most rejected rows before the object as a whole is rejected
     */
    IncompleteObject(ObjectTally tally, long missing, long maxRejectedRows) {
        this.tally = tally;
        this.missing = missing;
        this.maxRejectedRows = maxRejectedRows;
    }

    long missing() {
        return missing;
    }

    /** Begins another search for the missing rows. */
    void clear() {
        lines.clear();
        found = 0;
    }

    /** Notes that the row on a line may be missing; returns whether to stage it as a rejected row. */
    boolean found(long line) {
        found++;
        return (!isBeyondLimit() || lines.size() < ObjectTally.KEPT_ROWS) && lines.add(line);
    }

    /** Notes that the row on a line is not missing. */
    void arrived(long line) {
        if (line <= Integer.MAX_VALUE) {
            arrived.set((int) line);
        }
    }

    /** Returns whether the row on a line is not missing, as far as can be remembered. */
    boolean hasArrived(long line) {
        return line > Integer.MAX_VALUE || arrived.get((int) line);
    }

    /**
     * Returns whether the rows found are all that are missing; if the object is rejected as a whole, whether they are enough for
     * that, and those that are staged are indeed missing.
     *
     * @param rejected how many rejected rows of each object are staged, without the rows found that are not missing
     */
    boolean isExplainedBy(Map<Integer, Long> rejected) {
        long staged = rejected.getOrDefault(tally.number(), 0L) - tally.rejectedRows();
        return isBeyondLimit()
                ? staged == lines.size() && tally.rejectedRows() + found > maxRejectedRows
                : staged == missing;
    }

    /** Counts the missing rows as rejected in the object's tally. */
    void reject() {
        boolean beyondLimit = isBeyondLimit();
        tally.rejectStaged(missing, lines);
        if (beyondLimit) {
            tally.reject(ObjectTally.tooManyRejectedRows(maxRejectedRows));
        }
        tally.rejectWithoutGoodRow();
    }

    private boolean isBeyondLimit() {
        return tally.rejectedRows() + missing > maxRejectedRows;
    }
}
