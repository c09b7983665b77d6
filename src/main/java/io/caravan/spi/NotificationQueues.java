package io.caravan.spi;

import io.caravan.model.feed.Feed;
import io.caravan.model.feed.NotificationQueue;

/** The queues in which the object store tells of new objects. Safe for use by several threads. */
@FunctionalInterface
public interface NotificationQueues {

    /** Returns what a queue tells of a feed's objects, closed as yet. */
    Notifications of(NotificationQueue queue, Feed feed);
}
