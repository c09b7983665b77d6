package io.caravan.app.catalog;

import static java.util.Objects.requireNonNull;

/**
 * A parameter of a feed, as a table of the Data Catalog has it.
 *
 * @param value as a feed would write it
 * @param source what of the table says so, for people
 */
public record CatalogValue(String value, String source) {

    public CatalogValue {
        requireNonNull(value, "value");
        requireNonNull(source, "source");
    }
}
