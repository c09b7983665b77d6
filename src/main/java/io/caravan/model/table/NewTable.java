package io.caravan.model.table;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A table to create.
 *
 * @param shape its name and columns
 * @param distKey the column by which its rows are distributed; null to leave that to the warehouse
 * @param sortKeys the columns by which its rows are sorted, in order; empty to leave that to the warehouse
 */
public record NewTable(TargetTable shape, @Nullable Column distKey, List<Column> sortKeys) {

    public NewTable {
        requireNonNull(shape, "shape");
        sortKeys = List.copyOf(sortKeys);
    }

    public TableName name() {
        return shape.name();
    }

    /** Returns the column by which rows are distributed. */
    public Optional<Column> distributedBy() {
        return Optional.ofNullable(distKey);
    }
}
