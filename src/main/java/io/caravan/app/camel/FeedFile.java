package io.caravan.app.camel;

import io.caravan.load.feed.RetryPolicy;
import io.caravan.model.catalog.CatalogName;
import io.caravan.model.feed.Feed;
import io.caravan.model.feed.NotificationQueue;
import org.jspecify.annotations.Nullable;

/**
 * A feed and the file it stands in.
 *
 * @param file name of the route file, for people
 * @param feed the feed, its parameters checked
 * @param queue what tells of the feed's objects; null if nothing does
 * @param retries how often, and after how long, its loads are tried again
 * @param catalog the table of the Data Catalog that it takes its shape from; null if there is none
 * @param publishTo the table of the Data Catalog that is kept true to what it loads; null if there is none
 */
public record FeedFile(
        String file,
        Feed feed,
        @Nullable NotificationQueue queue,
        RetryPolicy retries,
        @Nullable FeedCatalog catalog,
        @Nullable CatalogName publishTo) {

    /** Returns the feed for somebody who looks at all its objects once. */
    public FeedFile withoutQueue() {
        return new FeedFile(file, feed, null, retries, catalog, publishTo);
    }
}
