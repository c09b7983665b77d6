package io.caravan.model.table;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A target that is taken otherwise than it is: as if it had been created or changed, though nobody has done so; or with a
 * temporary table in its place.
 *
 * @param exists whether the table is there
 * @param added the columns that it lacks; all columns, if it is not there
 * @param standIn name of the temporary table that is read and changed in its place; null for none
 */
public record PlannedTarget(boolean exists, List<Column> added, @Nullable String standIn) {

    /** The table is taken as it is. */
    public static final PlannedTarget AS_IT_IS = new PlannedTarget(true, List.of());

    public PlannedTarget {
        added = List.copyOf(added);
    }

    /** Takes the target itself, with columns that it lacks. */
    public PlannedTarget(boolean exists, List<Column> added) {
        this(exists, added, null);
    }

    /** Takes a temporary table in the target's place. */
    public static PlannedTarget replacedBy(String standIn) {
        return new PlannedTarget(true, List.of(), standIn);
    }
}
