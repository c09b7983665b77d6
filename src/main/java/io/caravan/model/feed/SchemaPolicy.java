package io.caravan.model.feed;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Whether a feed makes its target and changes its columns.
 *
 * @param evolves whether the target gets the columns that an object has and it lacks, and room for longer text
 * @param maxNewColumns how many columns an object may add to it; not negative
 * @param createsTable whether a target that does not exist is created
 * @param distKey name of a created table's distribution key; null to leave the distribution to Redshift
 * @param sortKeys names of a created table's sort keys, in order; empty to leave the order to Redshift
 * @param createsText whether columns that Caravan makes for objects are text, whatever the values are
 */
public record SchemaPolicy(
        boolean evolves,
        int maxNewColumns,
        boolean createsTable,
        @Nullable String distKey,
        List<String> sortKeys,
        boolean createsText) {

    /** What an object may add unless the feed says otherwise. */
    public static final int DEFAULT_MAX_NEW_COLUMNS = 50;

    /** The target is somebody else's to make and to change. */
    public static final SchemaPolicy FIXED = new SchemaPolicy(false, DEFAULT_MAX_NEW_COLUMNS, false, null, List.of());

    public SchemaPolicy {
        sortKeys = List.copyOf(sortKeys);
    }

    /** Makes a policy in which columns have the types of their values. */
    public SchemaPolicy(
            boolean evolves, int maxNewColumns, boolean createsTable, @Nullable String distKey, List<String> sortKeys) {
        this(evolves, maxNewColumns, createsTable, distKey, sortKeys, false);
    }
}
