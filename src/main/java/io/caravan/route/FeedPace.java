package io.caravan.route;

import static java.util.Objects.requireNonNull;

import io.caravan.load.RetryPolicy;
import java.time.Duration;

/**
 * How often a feed looks for new objects, and tries again what failed.
 *
 * @param pollDelay time from the end of a poll to the next
 * @param reconcileEvery time from one listing of all objects to the next, if a queue tells of new ones
 * @param retries what is done about failures
 */
record FeedPace(Duration pollDelay, Duration reconcileEvery, RetryPolicy retries) {

    FeedPace {
        requireNonNull(pollDelay, "pollDelay");
        requireNonNull(reconcileEvery, "reconcileEvery");
        requireNonNull(retries, "retries");
    }
}
