package io.caravan.model;

import static java.util.Objects.requireNonNull;

import java.util.Locale;

/**
 * The name of a table with its schema, as the warehouse folds it: in lower case.
 *
 * @param schema schema name, lower case
 * @param table table name, lower case
 */
public record TableName(String schema, String table) {

    public TableName {
        schema = fold(schema, "schema");
        table = fold(table, "table");
    }

    /**
     * Reads {@code schema.table}, or {@code table} in the schema {@code public}.
     *
     * @throws IllegalArgumentException if a part is missing, or there are more than two
     */
    public static TableName parse(String name) {
        String[] parts = name.strip().split("\\.", -1);
        return switch (parts.length) {
            case 1 -> new TableName("public", parts[0]);
            case 2 -> new TableName(parts[0], parts[1]);
            default -> throw new IllegalArgumentException("'" + name + "' is not of the form schema.table");
        };
    }

    private static String fold(String part, String what) {
        requireNonNull(part, what);
        if (part.isBlank()) {
            throw new IllegalArgumentException("the " + what + " name is empty");
        }
        return part.strip().toLowerCase(Locale.ROOT);
    }

    @Override
    public String toString() {
        return schema + "." + table;
    }
}
