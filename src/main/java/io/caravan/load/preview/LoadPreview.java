package io.caravan.load.preview;

import static java.util.Objects.requireNonNull;

import io.caravan.model.ledger.LoadRecord;
import io.caravan.model.preview.Deletions;
import io.caravan.model.preview.PreviewedRejection;
import io.caravan.model.preview.PreviewedRow;
import io.caravan.model.preview.RejectedCount;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one load would do, at the moment at which it was asked.
 *
 * @param load the load as the run history would have it; its objects in the order of their numbers, from 1
 * @param position the ledger position at which this holds; 0 if nothing was loaded yet
 * @param unknown why of objects that would load only the records that were read and rejected are known; null if all is known
 * @param schemaChanges the statements that would create or change the target before anything is loaded
 * @param statements the statements that would change its rows
 * @param deletions what the objects lack, and whether it may go; null if nothing goes for that
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
}
