package io.caravan.model.preview;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A row that would change the target, or that would and does not.
 *
 * @param object the number of its object in the load, from 1; that of the snapshot which lacks it
 * @param line line at which its record starts, from 1; 0 if no record has it, or nobody knows the line
 * @param keys its matching keys, in their order; empty if there are none
 * @param values what changes of the others; for a row that is inserted or deleted, all that is not NULL
 */
public record PreviewedRow(
        RowEffect effect, int object, long line, Map<String, @Nullable String> keys, List<PreviewedValue> values) {

    public PreviewedRow {
        requireNonNull(effect, "effect");
        requireNonNull(keys, "keys");
        values = List.copyOf(values);
    }
}
