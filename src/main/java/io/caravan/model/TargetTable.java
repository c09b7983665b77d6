package io.caravan.model;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The shape of a target table.
 *
 * @param name its name
 * @param columns its columns in declared order; not empty
 */
public record TargetTable(TableName name, List<Column> columns) {

    public TargetTable {
        requireNonNull(name, "name");
        columns = List.copyOf(columns);
        if (columns.isEmpty()) {
            throw new IllegalArgumentException(name + " has no columns");
        }
    }

    /** Finds a column by its name, whatever the case of its letters. */
    public Optional<Column> column(String columnName) {
        String folded = columnName.toLowerCase(Locale.ROOT);
        return columns.stream()
                .filter(column -> column.name().toLowerCase(Locale.ROOT).equals(folded))
                .findFirst();
    }
}
