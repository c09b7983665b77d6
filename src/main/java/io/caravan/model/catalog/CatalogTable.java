package io.caravan.model.catalog;

import static java.util.Objects.requireNonNull;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A table of the Data Catalog, as far as it concerns text files.
 *
 * @param version the catalog's number of this state; null for a table that is not there yet
 * @param location where its objects are; empty if it says nothing
 * @param inputFormat name of the class by which readers find lines; empty if it says nothing
 * @param serDe takes the lines apart
 * @param columns in the order of a line's fields
 * @param partitionKeys columns whose values are not in the lines
 * @param parameters what the table says besides
 * @param otherKind what it is, if no table of files, for people: a view, a link; null if it is one
 */
public record CatalogTable(
        CatalogName name,
        @Nullable String version,
        String location,
        String inputFormat,
        SerDe serDe,
        List<CatalogColumn> columns,
        List<CatalogColumn> partitionKeys,
        Map<String, String> parameters,
        @Nullable String otherKind) {

    public CatalogTable {
        requireNonNull(name, "name");
        requireNonNull(location, "location");
        requireNonNull(inputFormat, "inputFormat");
        requireNonNull(serDe, "serDe");
        columns = List.copyOf(columns);
        partitionKeys = List.copyOf(partitionKeys);
        parameters = Collections.unmodifiableMap(new TreeMap<>(parameters));
    }
}
