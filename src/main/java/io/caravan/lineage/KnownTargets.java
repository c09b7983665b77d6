package io.caravan.lineage;

import io.caravan.model.feed.Feed;
import io.caravan.model.table.TargetTable;
import io.caravan.spi.LoadListener;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The targets of the feeds as this process has last seen them. Safe for use by several threads. */
public final class KnownTargets implements LoadListener {

    /**
     * A target that was seen.
     *
     * @param feed whose it is
     */
    record Known(Feed feed, TargetTable table) {}

    private final Map<String, Known> targets = new ConcurrentHashMap<>();

    @Override
    public void targetSeen(Feed feed, TargetTable table) {
        targets.put(feed.name(), new Known(feed, table));
    }

    /** Returns a feed's target; empty if none of its loads has begun in this process. */
    Optional<Known> find(String feedName) {
        return Optional.ofNullable(targets.get(feedName));
    }
}
