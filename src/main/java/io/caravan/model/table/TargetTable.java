package io.caravan.model.table;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The shape of a target table.
 *
 * @param name its name
 * @param columns its columns in declared order, but for the others; not empty
 * @param unloaded its other columns, which no object can fill; in declared order
 */
public record TargetTable(TableName name, List<Column> columns, List<UnloadedColumn> unloaded) {

    public TargetTable {
        requireNonNull(name, "name");
        columns = List.copyOf(columns);
        unloaded = List.copyOf(unloaded);
        if (columns.isEmpty()) {
            throw new IllegalArgumentException(name + " has no columns");
        }
    }

    /** Makes the shape of a table that objects can fill all of. */
    public TargetTable(TableName name, List<Column> columns) {
        this(name, columns, List.of());
    }

    /** Finds a column that no object can fill by its name, whatever the case of its letters. */
    public Optional<UnloadedColumn> unloaded(String columnName) {
        String folded = columnName.toLowerCase(Locale.ROOT);
        return unloaded.stream()
                .filter(column -> column.name().toLowerCase(Locale.ROOT).equals(folded))
                .findFirst();
    }

    /** Finds a column by its name, whatever the case of its letters. */
    public Optional<Column> column(String columnName) {
        String folded = columnName.toLowerCase(Locale.ROOT);
        return columns.stream()
                .filter(column -> column.name().toLowerCase(Locale.ROOT).equals(folded))
                .findFirst();
    }
}
