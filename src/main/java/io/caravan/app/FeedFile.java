package io.caravan.app;

import io.caravan.model.Feed;

/**
 * A feed and the file it stands in.
 *
 * @param file name of the route file, for people
 * @param feed the feed, its parameters checked
 */
record FeedFile(String file, Feed feed) {}
