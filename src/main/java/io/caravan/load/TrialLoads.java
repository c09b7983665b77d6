package io.caravan.load;

import io.caravan.model.feed.Feed;

/** Loads of one feed, of which nothing remains. Used by one thread. */
public interface TrialLoads {

    /** Returns a feed as it loads here. */
    Feed feed(Feed feed);

    /** Returns what begins the next load. */
    Loads loads();
}
