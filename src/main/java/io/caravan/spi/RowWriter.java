package io.caravan.spi;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Takes rows field by field. Not safe for use by several threads. */
public interface RowWriter {

    /** Writes the next field of the row; null is NULL, an empty string is an empty string. */
    void field(@Nullable String value);

    /** Writes the next field of the row. */
    default void field(long value) {
        field(Long.toString(value));
    }

    /** Writes the next fields of the row. */
    default void fields(List<@Nullable String> values) {
        for (String value : values) {
            field(value);
        }
    }

    /** Ends the row. */
    void endRow();
}
