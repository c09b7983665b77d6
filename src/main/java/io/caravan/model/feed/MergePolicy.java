package io.caravan.model.feed;

import static java.util.Objects.requireNonNull;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a feed's rows become changes of its target.
 *
 * @param mode what the target is after a load
 * @param duplicates which of several rows with one key wins, unless {@code sequenceBy} decides
 * @param sequenceBy name of the column whose greatest value wins among rows with one key, and whose value in the target is
 *     never overwritten by a smaller one; null for none
 * @param deletedColumn name of the target's column in which a deleted row is marked, a BOOLEAN or a TIMESTAMP; null to
 *     delete rows for good
 * @param maxDeletedRatio how much of the target one object may take away because it lacks the rows, 0 to 1
 * @param changeColumn name of the objects' column that says whether a row is inserted, updated or deleted; only for {@link Mode#CHANGES}
 * @param changeWords what that column says; likewise
 * @param closesMissing whether a key that an object lacks ends its row; only for {@link Mode#HISTORY}
 * @param keepsSuperseded whether rows that another row with their keys superseded are kept beside the dead letters
 * @param remembersRows whether it is remembered which rows were loaded, so that only others are staged
 */
public record MergePolicy(
        Mode mode,
        Duplicates duplicates,
        @Nullable String sequenceBy,
        @Nullable String deletedColumn,
        double maxDeletedRatio,
        String changeColumn,
        ChangeWords changeWords,
        boolean closesMissing,
        boolean keepsSuperseded,
        boolean remembersRows) {

    /** Which of several rows with one key wins. */
    public enum Duplicates {
        /** The last one of the last object. */
        LAST,
        /** The first one of the first object. */
        FIRST,
        /** None: an object with two rows of one key is rejected. */
        FAIL
    }

    /** What the change column says of a row that is deleted. */
    public static final String DELETE = ChangeWords.DELETE;

    public static final MergePolicy DEFAULT =
            new MergePolicy(Mode.UPSERT, Duplicates.LAST, null, null, 0.2, "Op", false, false);

    /** A policy of a feed that remembers nothing. */
    public MergePolicy(
            Mode mode,
            Duplicates duplicates,
            @Nullable String sequenceBy,
            @Nullable String deletedColumn,
            double maxDeletedRatio,
            String changeColumn,
            boolean closesMissing,
            boolean keepsSuperseded) {
        this(
                mode,
                duplicates,
                sequenceBy,
                deletedColumn,
                maxDeletedRatio,
                changeColumn,
                ChangeWords.DEFAULT,
                closesMissing,
                keepsSuperseded,
                false);
    }

    public MergePolicy {
        requireNonNull(mode, "mode");
        requireNonNull(duplicates, "duplicates");
        requireNonNull(changeColumn, "changeColumn");
        requireNonNull(changeWords, "changeWords");
        if (!(maxDeletedRatio >= 0 && maxDeletedRatio <= 1)) {
            throw new IllegalArgumentException("maxDeletedRatio is not from 0 to 1: " + maxDeletedRatio);
        }
    }

    /**
     * Returns the policy for some of an object's rows: what they lack is not missing.
     *
     * @param hasKeys whether rows have matching keys
     */
    public MergePolicy forSomeRows(boolean hasKeys) {
        Mode some = mode;
        if (mode.isSnapshot()) {
            some = hasKeys ? Mode.UPSERT : Mode.APPEND;
        }
        return new MergePolicy(
                some,
                duplicates,
                sequenceBy,
                deletedColumn,
                maxDeletedRatio,
                changeColumn,
                changeWords,
                false,
                keepsSuperseded,
                false);
    }

    /** Returns whether a row of the target goes, is marked or ends because an object lacks it. */
    public boolean takesMissing() {
        return mode.isSnapshot() || closesMissing;
    }

    /** Returns what every row must keep for the mode to know what to do with it. */
    public List<RowRule> rules() {
        return mode.hasChangeColumn()
                ? List.of(new RowRule(changeColumn + " is " + changeWords, changeColumn, new RowRule.NotNull()))
                : List.of();
    }
}
