package io.caravan.model.catalog;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

/**
 * A column of a table of the Data Catalog.
 *
 * @param type in Hive's words; {@link HiveType} knows them
 * @param comment for people; null if there is none
 */
public record CatalogColumn(String name, String type, @Nullable String comment) {

    public CatalogColumn {
        requireNonNull(name, "name");
        requireNonNull(type, "type");
    }

    /** Makes a column without a comment. */
    public CatalogColumn(String name, String type) {
        this(name, type, null);
    }
}
