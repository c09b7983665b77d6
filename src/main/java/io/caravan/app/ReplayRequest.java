package io.caravan.app;

import static java.util.Objects.requireNonNull;

import io.caravan.model.DeadLetterFilter;

/**
 * What to replay, and how.
 *
 * @param feed name of the feed
 * @param filter which of its dead letters
 * @param overwrites whether rows go into the target even where what they change was loaded later than their object
 * @param dryRun whether to do nothing and say what would be done
 */
record ReplayRequest(String feed, DeadLetterFilter filter, boolean overwrites, boolean dryRun) {

    ReplayRequest {
        requireNonNull(feed, "feed");
        requireNonNull(filter, "filter");
    }
}
