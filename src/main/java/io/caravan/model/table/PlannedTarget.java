package io.caravan.model.table;

import java.util.List;

/**
 * A target that is compared with as if it had been created or changed, though nobody has done so.
 *
 * @param exists whether the table is there
 * @param added the columns that it lacks; all columns, if it is not there
 */
public record PlannedTarget(boolean exists, List<Column> added) {

    /** The table is taken as it is. */
    public static final PlannedTarget AS_IT_IS = new PlannedTarget(true, List.of());

    public PlannedTarget {
        added = List.copyOf(added);
    }
}
