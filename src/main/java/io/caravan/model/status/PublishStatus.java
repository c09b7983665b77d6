package io.caravan.model.status;

import static java.util.Objects.requireNonNull;

import io.caravan.base.ErrorCode;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How the table of the Data Catalog gets on that is kept true to what a feed loads, as this process knows it.
 *
 * @param feed name of the feed
 * @param table name of the table
 * @param lastGood when it was last made true; null if it never was since the start
 * @param failingSince since when that fails; null if it does not
 * @param failures how often in a row
 * @param errorCode why; null if it does not fail
 * @param error the same for people; null likewise
 * @param nextTry when it is tried again, if nothing is loaded before; null likewise
 */
public record PublishStatus(
        String feed,
        String table,
        @Nullable Instant lastGood,
        @Nullable Instant failingSince,
        int failures,
        @Nullable ErrorCode errorCode,
        @Nullable String error,
        @Nullable Instant nextTry) {

    public PublishStatus {
        requireNonNull(feed, "feed");
        requireNonNull(table, "table");
    }
}
