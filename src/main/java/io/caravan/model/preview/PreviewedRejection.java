package io.caravan.model.preview;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

/**
 * A record that would be rejected.
 *
 * @param object the number of its object in the load, from 1
 * @param line line at which it starts, from 1
 * @param column the column that is refused; null if the record as a whole is
 * @param errorCode name of an {@link io.caravan.base.ErrorCode}
 * @param reason the same for people
 * @param raw the record as it stands in the object
 */
public record PreviewedRejection(
        int object, long line, @Nullable String column, String errorCode, String reason, String raw) {

    public PreviewedRejection {
        requireNonNull(errorCode, "errorCode");
        requireNonNull(reason, "reason");
        requireNonNull(raw, "raw");
    }
}
