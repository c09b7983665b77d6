package io.caravan.spi;

import org.jspecify.annotations.Nullable;

/** Takes rows field by field. Not safe for use by several threads. */
public interface RowWriter {

    /** Writes the next field of the row; null is NULL, an empty string is an empty string. */
    void field(@Nullable String value);

    /** Writes the next field of the row. */
    default void field(long value) {
        field(Long.toString(value));
    }

    /** Ends the row. */
    void endRow();
}
