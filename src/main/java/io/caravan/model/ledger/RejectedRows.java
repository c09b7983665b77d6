package io.caravan.model.ledger;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

/**
 * The rejected rows of one object that have the same error code.
 *
 * @param load id of the load that rejected them
 * @param bucket bucket name
 * @param key object key
 * @param errorCode name of an {@link io.caravan.base.ErrorCode}
 * @param rows how many; at least 1
 * @param firstLine line at which the first of them starts, from 1
 * @param firstColumn the column that was refused of that one; null if the record as a whole was refused
 */
public record RejectedRows(
        String load,
        String bucket,
        String key,
        String errorCode,
        long rows,
        long firstLine,
        @Nullable String firstColumn) {

    public RejectedRows {
        requireNonNull(load, "load");
        requireNonNull(bucket, "bucket");
        requireNonNull(key, "key");
        requireNonNull(errorCode, "errorCode");
    }
}
