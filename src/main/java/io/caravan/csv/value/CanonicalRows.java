package io.caravan.csv.value;

import io.caravan.model.table.Column;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Rows of a table as an object with the same values would be read. Safe for use by several threads. */
public final class CanonicalRows {

    private final List<ValueRule> rules;

    /** Takes the table's columns. */
    public CanonicalRows(List<Column> columns) {
        this.rules = columns.stream().map(column -> ValueRule.of(column.type())).toList();
    }

    /**
     * Returns the values as a load would stage them. One that no object can hold, such as NaN, stays as it is.
     *
     * @param values in the order of the columns; null is NULL
     */
    public List<@Nullable String> canonical(List<@Nullable String> values) {
        List<@Nullable String> canonical = new ArrayList<>(values.size());
        for (int i = 0; i < values.size(); i++) {
            canonical.add(canonical(values.get(i), rules.get(i)));
        }
        return canonical;
    }

    private static @Nullable String canonical(@Nullable String value, ValueRule rule) {
        try {
            return value == null ? null : rule.canonical(value);
        } catch (RefusedValueException e) {
            return value;
        }
    }
}
