package io.caravan.redshift;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Takes the result of a statement that somebody has written by hand. */
public interface SqlRows {

    /**
     * A column of a result.
     *
     * @param name the column's name in the statement; may be empty, and need not be unique
     * @param isNumber whether its values are numbers
     */
    record Column(String name, boolean isNumber) {}

    /** Begins a result, before its first row. Not called for a statement without a result. */
    void begin(List<Column> columns);

    /** Takes a row: numbers and booleans as such, NULL as null, and all other values as the warehouse's text. */
    void add(List<@Nullable Object> values);
}
