package io.caravan.model.feed;

import static java.util.Objects.requireNonNull;

import io.caravan.model.table.TableName;

/**
 * Where objects come from and where their rows go: it tells a feed whatever its name is.
 *
 * @param target the table
 * @param bucket bucket name, without {@code s3://}
 * @param prefix what keys begin with; may be empty
 */
public record FeedPlace(TableName target, String bucket, String prefix) {

    public FeedPlace {
        requireNonNull(target, "target");
        requireNonNull(bucket, "bucket");
        requireNonNull(prefix, "prefix");
    }
}
