package io.caravan.spi;

import io.caravan.model.feed.NotificationQueue;

/** The queues in which the object store tells of new objects. Safe for use by several threads. */
@FunctionalInterface
public interface NotificationQueues {

    /**
     * Returns what a queue tells of objects under a prefix, closed as yet.
     *
     * @param prefix may be empty
     */
    Notifications of(NotificationQueue queue, String bucket, String prefix);
}
