package io.caravan.model.verify;

import static java.util.Objects.requireNonNull;

import io.caravan.model.table.Column;
import java.util.List;
import java.util.Set;

/**
 * What to compare of a table and its stand-in.
 *
 * @param matched the columns by which a row of the table is that of an object; none if only whole rows can be compared
 * @param compared the other columns that are compared; with none matched, all that are
 * @param keys the columns by which loads find rows of the table, which keep their spelling then: of a text of these, blanks at
 *     the end do not count
 * @param extent which rows are asked for
 * @param limit the greatest number of differing rows to show, of those that the stand-in has and of those that it lacks
 */
public record TableComparison(List<Column> matched, List<Column> compared, Set<Column> keys, Extent extent, int limit) {

    /** Which rows are asked for. */
    public enum Extent {
        /** All rows of the table. */
        ALL,
        /** Only rows that the stand-in has: others are older. */
        LOADED,
        /** Of all rows of the table, those that no object has updated stand without values in the stand-in. */
        UPDATED
    }

    public TableComparison {
        requireNonNull(extent, "extent");
        matched = List.copyOf(matched);
        compared = List.copyOf(compared);
        keys = Set.copyOf(keys);
        if (matched.isEmpty() && compared.isEmpty()) {
            throw new IllegalArgumentException("nothing is compared");
        }
    }
}
