package io.caravan.model.catalog;

import static java.util.Objects.requireNonNull;

import java.util.Locale;

/**
 * The name of a table of the Data Catalog, as that folds it: in lower case.
 *
 * @param database name of its database
 * @param table name of the table in it
 */
public record CatalogName(String database, String table) {

    public CatalogName {
        database = requireNonNull(database, "database").strip().toLowerCase(Locale.ROOT);
        table = requireNonNull(table, "table").strip().toLowerCase(Locale.ROOT);
        if (database.isEmpty() || table.isEmpty()) {
            throw new IllegalArgumentException("a table of the Data Catalog is written database.table");
        }
    }

    /**
     * Reads {@code database.table}.
     *
     * @throws IllegalArgumentException if it is not of this form; the message says what to write
     */
    public static CatalogName parse(String text) {
        String[] parts = text.split("\\.", -1);
        if (parts.length != 2) {
            throw new IllegalArgumentException("a table of the Data Catalog is written database.table");
        }
        return new CatalogName(parts[0], parts[1]);
    }

    @Override
    public String toString() {
        return database + "." + table;
    }
}
