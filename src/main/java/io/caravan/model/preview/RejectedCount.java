package io.caravan.model.preview;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

/**
 * How many records of an object would be rejected with a code.
 *
 * @param object the number of the object in the load, from 1
 * @param errorCode name of an {@link io.caravan.base.ErrorCode}
 * @param rows how many; at least 1
 * @param firstLine line at which the first of them starts, from 1
 * @param firstColumn the column that is refused of that one; null if the record as a whole is
 */
public record RejectedCount(int object, String errorCode, long rows, long firstLine, @Nullable String firstColumn) {

    public RejectedCount {
        requireNonNull(errorCode, "errorCode");
    }
}
