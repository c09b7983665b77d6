package io.caravan.load.remember;

import static java.util.Objects.requireNonNull;

import io.caravan.model.table.Column;
import io.caravan.model.table.TargetSum;
import java.util.List;

/**
 * The state of the target for which remembered rows are valid.
 *
 * @param loadId the load that left the target in this state
 * @param target the table
 * @param columns the loaded columns, each with its type
 * @param keys names of the matching keys
 * @param sum the target's checksum in this state
 * @param entries the number of remembered rows
 * @param covered how many of the {@link RowHashes#SEGMENTS} ranges of keys' hashes are
 */
record RememberedHeader(
        String loadId,
        String target,
        List<String> columns,
        List<String> keys,
        TargetSum sum,
        long entries,
        int covered) {

    RememberedHeader {
        requireNonNull(loadId, "loadId");
        requireNonNull(target, "target");
        columns = List.copyOf(columns);
        keys = List.copyOf(keys);
        requireNonNull(sum, "sum");
    }

    /** Returns whether every row of the target is remembered. */
    boolean isComplete() {
        return covered == RowHashes.SEGMENTS && entries == sum.rows();
    }

    static List<String> described(List<Column> columns) {
        return columns.stream().map(RememberedHeader::described).toList();
    }

    static String described(Column column) {
        return column.name() + " " + column.type().sql();
    }

    static List<String> names(List<Column> columns) {
        return columns.stream().map(Column::name).toList();
    }
}
