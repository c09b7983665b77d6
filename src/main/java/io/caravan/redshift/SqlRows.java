package io.caravan.redshift;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Takes what a statement of somebody's own gives. */
public interface SqlRows {

    /**
     * A column of a result.
     *
     * @param name as the statement calls it; may be empty, or be another's too
     * @param isNumber whether its values are numbers
     */
    record Column(String name, boolean isNumber) {}

    /** Begins a result, before its first row. A statement that gives no rows does not come here. */
    void begin(List<Column> columns);

    /** Takes a row: numbers and booleans as such, NULL as null, and all else as the warehouse writes it. */
    void add(List<@Nullable Object> values);
}
