package io.caravan.model.verify;

import static java.util.Objects.requireNonNull;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A row that differs.
 *
 * @param difference how
 * @param values by which it can be found, by column: its matching keys, or its first values if it has none
 */
public record DifferentRow(RowDifference difference, Map<String, @Nullable String> values) {

    public DifferentRow {
        requireNonNull(difference, "difference");
        values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    }
}
