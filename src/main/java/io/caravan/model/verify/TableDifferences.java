package io.caravan.model.verify;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How a table and the rows of its objects differ. Each count is of rows.
 *
 * @param equal rows that are the same
 * @param different rows of the table with other values than the objects say
 * @param missing rows that the objects have and the table lacks
 * @param doubled rows of the table that it has more often than the objects say; null if that is not asked
 * @param inNoObject rows of the table that no object has; null if that is not asked
 * @param columns the columns in which rows are different, each with how many rows that are
 * @param first the first of the rows that differ
 */
public record TableDifferences(
        long equal,
        long different,
        long missing,
        @Nullable Long doubled,
        @Nullable Long inNoObject,
        Map<String, Long> columns,
        List<DifferentRow> first) {

    /** Nothing was compared. */
    public static final TableDifferences NONE = new TableDifferences(0, 0, 0, null, null, Map.of(), List.of());

    public TableDifferences {
        columns = Collections.unmodifiableMap(new LinkedHashMap<>(columns));
        first = List.copyOf(first);
    }

    /** Returns the same with so many more rows missing. */
    public TableDifferences plusMissing(long more) {
        return more == 0
                ? this
                : new TableDifferences(equal, different, missing + more, doubled, inNoObject, columns, first);
    }

    /** Returns whether nothing differs that was asked. */
    public boolean areNone() {
        return different + missing + (doubled == null ? 0 : doubled) + (inNoObject == null ? 0 : inNoObject) == 0;
    }
}
