package io.caravan.model.row;

import static java.util.Objects.requireNonNull;

import io.caravan.model.feed.ColumnPolicy.OnInvalid;

/**
 * A value that its column refuses, and in whose place another one is loaded.
 *
 * @param lineNumber line of the object at which its record starts, as {@link Row#lineNumber} has it
 * @param column name of the column
 * @param action what was done
 * @param original the value as it stands in the object, or its beginning; nothing in it is refused by a VARCHAR(1024)
 */
public record RepairedValue(long lineNumber, String column, OnInvalid action, String original) {

    public RepairedValue {
        requireNonNull(column, "column");
        requireNonNull(action, "action");
        requireNonNull(original, "original");
    }

    /** Returns the same value of a record that starts at another line. */
    public RepairedValue at(long line) {
        return new RepairedValue(line, column, action, original);
    }
}
