package io.caravan.csv;

import static java.util.Objects.requireNonNull;

import io.caravan.model.feed.ColumnPolicy.OnInvalid;

/**
 * What was done to values that their column refuses, so that their rows could be loaded.
 *
 * @param column name of the column
 * @param action truncated, rounded, or replaced by NULL
 * @param rows how many rows of the object
 */
public record Repair(String column, OnInvalid action, long rows) {

    public Repair {
        requireNonNull(column, "column");
        requireNonNull(action, "action");
    }
}
