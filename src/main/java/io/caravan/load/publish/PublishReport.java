package io.caravan.load.publish;

import static java.util.Objects.requireNonNull;

import io.caravan.model.catalog.CatalogTable;
import java.util.List;

/**
 * What became of a table of the Data Catalog.
 *
 * @param feed name of the feed that it is of
 * @param change what was done to it, or would be
 * @param table as it is afterwards
 * @param newPartitions how many partitions were added
 * @param warnings what its readers see otherwise than the warehouse has it
 */
public record PublishReport(String feed, Change change, CatalogTable table, int newPartitions, List<String> warnings) {

    /** What is done to a table. */
    public enum Change {
        CREATED("created"),
        /** Columns, types, SerDe or location: the state before is kept as a version. */
        SHAPE_CHANGED("changed"),
        /** Counts alone. */
        COUNTS_CHANGED("counted"),
        NONE("unchanged");

        private final String text;

        Change(String text) {
            this.text = text;
        }

        public String text() {
            return text;
        }
    }

    public PublishReport {
        requireNonNull(feed, "feed");
        requireNonNull(change, "change");
        requireNonNull(table, "table");
        warnings = List.copyOf(warnings);
    }
}
