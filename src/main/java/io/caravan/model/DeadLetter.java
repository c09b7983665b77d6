package io.caravan.model;

import org.jspecify.annotations.Nullable;

/**
 * A rejected row as the dead letters keep it.
 *
 * @param load id of the load that rejected it
 * @param feed name of the feed
 * @param bucket bucket name
 * @param key object key
 * @param etag ETag without quotes
 * @param line line of the object at which the record starts, from 1
 * @param column the refused column; null if the record as a whole was refused
 * @param errorCode name of an {@link io.caravan.base.ErrorCode}
 * @param reason why, for people
 * @param raw the record, cut at 65,535 bytes
 */
public record DeadLetter(
        String load,
        String feed,
        String bucket,
        String key,
        String etag,
        long line,
        @Nullable String column,
        String errorCode,
        String reason,
        String raw) {}
