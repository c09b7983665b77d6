package io.caravan.model.feed;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.joining;

import io.caravan.model.table.TableName;
import java.util.List;

/**
 * Where objects come from and where their rows go: it tells a feed whatever its name is.
 *
 * @param target the table
 * @param bucket bucket name, without {@code s3://}
 * @param prefixes of which keys begin with one; the only one may be empty
 */
public record FeedPlace(TableName target, String bucket, List<String> prefixes) {

    public FeedPlace {
        requireNonNull(target, "target");
        requireNonNull(bucket, "bucket");
        prefixes = List.copyOf(prefixes);
    }

    /** Returns for people where the objects are, {@code s3://bucket/prefix}, with commas between. */
    public String uris() {
        return prefixes.stream().map(prefix -> "s3://" + bucket + "/" + prefix).collect(joining(", "));
    }

    /** A place of one prefix. */
    public FeedPlace(TableName target, String bucket, String prefix) {
        this(target, bucket, List.of(prefix));
    }
}
