package io.caravan.load.feed;

import java.time.Duration;

/** Waits, until somebody wants the feed to stop. */
public interface Patience {

    /** Returns whether the feed is to stop. */
    boolean isOver();

    /** Waits; returns at once if the feed is to stop. */
    void await(Duration delay);
}
