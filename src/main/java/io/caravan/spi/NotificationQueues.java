package io.caravan.spi;

import io.caravan.model.feed.Feed;
import io.caravan.model.feed.NotificationQueue;

/** The queues into which the object store sends events of new objects. Safe for use by several threads. */
@FunctionalInterface
public interface NotificationQueues {

    /** Returns a queue's notifications of a feed's objects, not opened yet. */
    Notifications of(NotificationQueue queue, Feed feed);
}
