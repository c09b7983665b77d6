package io.caravan.model.preview;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

/**
 * The value of a column before and after a load, as text.
 *
 * @param before that of the target's row; null if that is NULL, or there is no row
 * @param after that of the object's row; null if that is NULL, or the row goes
 */
public record PreviewedValue(String column, @Nullable String before, @Nullable String after) {

    public PreviewedValue {
        requireNonNull(column, "column");
    }
}
