package io.caravan.load.feed;

import static java.util.Objects.requireNonNull;

import io.caravan.spi.Notifications;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The way in which a feed learns of new objects.
 *
 * @param prefixes each key of the feed's objects begins with one of them; a single prefix may be empty
 * @param notifications the notifications of new objects; null if every look lists all objects
 * @param reconcileEvery the time from one listing of all objects to the next, with notifications
 * @param pollDelay the same while the notifications cannot be read
 * @param looksAtAll whether each look lists all objects, even after a notification, since an object elsewhere may come
 *     before
 * @param expectEvery the longest time without a new object; null if objects may arrive at any time
 * @param gather how long new objects wait for others that are loaded with them; zero if they do not
 */
public record FeedWatch(
        List<String> prefixes,
        @Nullable Notifications notifications,
        Duration reconcileEvery,
        Duration pollDelay,
        boolean looksAtAll,
        @Nullable Duration expectEvery,
        Duration gather) {

    public FeedWatch {
        prefixes = List.copyOf(prefixes);
        requireNonNull(reconcileEvery, "reconcileEvery");
        requireNonNull(pollDelay, "pollDelay");
        requireNonNull(gather, "gather");
    }

    /** Returns that of a feed whose every look is at all objects. */
    public static FeedWatch polling(String prefix) {
        return new FeedWatch(List.of(prefix), null, Duration.ZERO, Duration.ZERO, true, null, Duration.ZERO);
    }
}
