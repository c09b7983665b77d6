package io.caravan.load.preview;

import static java.util.Objects.requireNonNull;

import io.caravan.model.ledger.LedgerEntry;
import io.caravan.model.ledger.LoadRecord;
import io.caravan.model.ledger.Outcome;
import io.caravan.model.preview.Deletions;
import io.caravan.model.preview.PreviewedRejection;
import io.caravan.model.preview.PreviewedRow;
import io.caravan.model.preview.RejectedCount;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The effect that one load would have at the moment of the preview.
 *
 * @param load the load's entry as the run history would have it; its objects in the order of their numbers, from 1
 * @param position the ledger position for which the preview holds; 0 if nothing was loaded yet
 * @param unknown the reason why, for objects that would load, only the numbers of read and rejected records are known; null
 *     if everything is known
 * @param schemaChanges the statements that would create or change the target before anything is loaded
 * @param statements the statements that would change its rows
 * @param deletions the rows that the objects lack, and whether they may be deleted; null if no row would be deleted for that
 * @param rows the first rows of each effect; where {@code unknown} is said, rows of which nobody knows the effect
 * @param rejectedCounts the rejected rows, by object and code
 * @param rejected the first of them
 */
public record LoadPreview(
        LoadRecord load,
        long position,
        @Nullable String unknown,
        List<String> schemaChanges,
        List<String> statements,
        @Nullable Deletions deletions,
        List<PreviewedRow> rows,
        List<RejectedCount> rejectedCounts,
        List<PreviewedRejection> rejected) {

    public LoadPreview {
        requireNonNull(load, "load");
        schemaChanges = List.copyOf(schemaChanges);
        statements = List.copyOf(statements);
        rows = List.copyOf(rows);
        rejectedCounts = List.copyOf(rejectedCounts);
        rejected = List.copyOf(rejected);
    }

    /** Returns whether all is known that would become of an object of the load. */
    public boolean knows(LedgerEntry entry) {
        return unknown == null || isDecidedByReading(entry);
    }

    /** Returns whether reading an object was enough to know all that would become of it. */
    public static boolean isDecidedByReading(LedgerEntry entry) {
        return entry.errorCode() != null
                || entry.outcome() == Outcome.UNCHANGED
                || entry.outcome() == Outcome.SUPERSEDED;
    }
}
