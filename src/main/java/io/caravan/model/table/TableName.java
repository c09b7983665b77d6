package io.caravan.model.table;

import static java.util.Objects.requireNonNull;

import java.util.Arrays;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * The name of a table with its schema, as the warehouse folds it: in lower case.
 *
 * @param schema schema name, lower case
 * @param table table name, lower case
 */
public record TableName(String schema, String table) {

    private static final Pattern PART = Pattern.compile("\\s*(\"[^\"]+\"|[^\"]+)\\s*");

    public TableName {
        schema = fold(schema, "schema");
        table = fold(table, "table");
    }

    /**
     * Reads {@code schema.table}, or {@code table} in the schema {@code public}; either may stand in quotes, which change
     * nothing.
     *
     * @throws IllegalArgumentException if a part is missing, there are more than two, or one has a dot or a quote in it; the
     *     message says what to write
     */
    public static TableName parse(String name) {
        String[] parts = name.strip().split("\\.", -1);
        if (parts.length > 2
                || !Arrays.stream(parts).allMatch(part -> PART.matcher(part).matches())) {
            throw new IllegalArgumentException(
                    "'" + name + "' is not of the form schema.table: write these two names, without"
                            + " a dot or a quote in one of them, and without the database, which is that of"
                            + " caravan.warehouse.url");
        }
        String table = unquoted(parts[parts.length - 1]);
        return new TableName(parts.length == 1 ? "public" : unquoted(parts[0]), table);
    }

    private static String unquoted(String part) {
        return part.replace("\"", "");
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
