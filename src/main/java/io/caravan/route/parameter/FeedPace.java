package io.caravan.route.parameter;

import static java.util.Objects.requireNonNull;

import io.caravan.load.feed.RetryPolicy;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How often a feed looks for new objects, and tries again what failed.
 *
 * @param pollDelay time from the end of a poll to the next
 * @param reconcileEvery time from one listing of all objects to the next, if a queue tells of new ones
 * @param retries what is done about failures
 * @param expectEvery how long at most no object arrives; null if that may be any time
 * @param gather how long new objects wait for others that are loaded with them; zero if they do not
 */
public record FeedPace(
        Duration pollDelay,
        Duration reconcileEvery,
        RetryPolicy retries,
        @Nullable Duration expectEvery,
        Duration gather) {

    public FeedPace {
        requireNonNull(pollDelay, "pollDelay");
        requireNonNull(reconcileEvery, "reconcileEvery");
        requireNonNull(retries, "retries");
        requireNonNull(gather, "gather");
    }
}
