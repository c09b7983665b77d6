package io.caravan.model.catalog;

import static java.util.Objects.requireNonNull;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A job of AWS Glue that brings objects into the warehouse, by its visual definition or its script.
 *
 * @param name of the job
 * @param script where its script is, {@code s3://bucket/key}; empty if it says nothing
 * @param source what it reads; null if it is not known
 * @param target what it writes; null if it is not known
 * @param mappings what becomes of fields, in their order; empty if they stay as they are
 * @param others what it does besides, for people
 */
public record CatalogJob(
        String name,
        String script,
        @Nullable Source source,
        @Nullable Target target,
        List<Mapping> mappings,
        List<String> others) {

    /**
     * What a job reads.
     *
     * @param table of the Data Catalog; null for objects without one
     * @param path where the objects are, {@code s3://bucket/prefix}; null with a table
     * @param delimiter of the objects; null if it is not said
     * @param quote around fields; null if it is not said, empty for none
     * @param header whether they have one; null if it is not said
     */
    public record Source(
            @Nullable CatalogName table,
            @Nullable String path,
            @Nullable String delimiter,
            @Nullable String quote,
            @Nullable Boolean header) {}

    /**
     * What a job writes.
     *
     * @param table schema and name; a staging table, if the SQL behind the load says so
     * @param connection name of Glue's connection; null if it is not said
     * @param before SQL before the load; empty for none
     * @param behind SQL behind the load; empty for none
     * @param keys the matching keys where the definition says them; empty if the SQL does, or there are none
     */
    public record Target(String table, @Nullable String connection, String before, String behind, List<String> keys) {

        public Target {
            requireNonNull(table, "table");
            keys = List.copyOf(keys);
        }
    }

    /**
     * What becomes of a field.
     *
     * @param to the column; null if the field is left out
     * @param type of the column, in Glue's words
     */
    public record Mapping(String from, @Nullable String to, String type) {}

    public CatalogJob {
        requireNonNull(name, "name");
        requireNonNull(script, "script");
        mappings = List.copyOf(mappings);
        others = List.copyOf(others);
    }
}
