package io.caravan.load.publish;

import static java.util.Objects.requireNonNull;

import io.caravan.model.catalog.CatalogTable;
import java.util.List;

/**
 * The result of publishing a table of the Data Catalog.
 *
 * @param feed name of the table's feed
 * @param change the change that was made, or would be made
 * @param table the table after the change
 * @param newPartitions how many partitions were added
 * @param warnings differences between the readers' view and the warehouse
 */
public record PublishReport(String feed, Change change, CatalogTable table, int newPartitions, List<String> warnings) {

    /** The kind of a change of a table. */
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
