package io.caravan.load.feed;

import static java.util.Objects.requireNonNull;

import io.caravan.spi.Notifications;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a feed learns of new objects.
 *
 * @param prefixes of which the keys of its objects begin with one; the only one may be empty
 * @param notifications what tells of them; null if every look is at all of them
 * @param reconcileEvery time from one look at all of them to the next, where there are notifications
 * @param pollDelay the same where the notifications cannot be had
 * @param looksAtAll whether it never looks only where notifications point to, since what lies elsewhere may come before
 */
public record FeedWatch(
        List<String> prefixes,
        @Nullable Notifications notifications,
        Duration reconcileEvery,
        Duration pollDelay,
        boolean looksAtAll) {

    public FeedWatch {
        prefixes = List.copyOf(prefixes);
        requireNonNull(reconcileEvery, "reconcileEvery");
        requireNonNull(pollDelay, "pollDelay");
    }

    /** Returns that of a feed whose every look is at all objects. */
    public static FeedWatch polling(String prefix) {
        return new FeedWatch(List.of(prefix), null, Duration.ZERO, Duration.ZERO, true);
    }
}
