package io.caravan.load.remember;

import static java.util.Objects.requireNonNull;

import io.caravan.model.table.Column;
import io.caravan.model.table.TargetSum;
import java.util.List;

/**
 * What remembered rows are tied to.
 *
 * @param loadId the load after which the target was so
 * @param target the table
 * @param columns the loaded columns, each with its type
 * @param keys names of the matching keys
 * @param sum what the target came to then
 * @param entries how many rows are remembered
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
