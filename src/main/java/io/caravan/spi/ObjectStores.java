package io.caravan.spi;

import io.caravan.model.feed.Feed;

/** The object stores that feeds read from, each as its feed reaches it. Safe for use by several threads. */
@FunctionalInterface
public interface ObjectStores {

    /**
     * Returns the store with a feed's bucket. Nothing is asked yet.
     *
     * @throws io.caravan.base.InvalidConfigurationException if no region is set
     */
    ObjectStore of(Feed feed);
}
