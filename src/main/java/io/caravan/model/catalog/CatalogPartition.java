package io.caravan.model.catalog;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * A partition of a table of the Data Catalog.
 *
 * @param values one for each of the table's partition keys
 * @param location where its objects are; empty if it says nothing
 */
public record CatalogPartition(List<String> values, String location) {

    public CatalogPartition {
        values = List.copyOf(values);
        requireNonNull(location, "location");
    }
}
