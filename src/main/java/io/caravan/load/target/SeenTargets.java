package io.caravan.load.target;

import io.caravan.model.feed.Feed;
import io.caravan.model.table.TargetTable;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The targets that the check of feeds has seen: the first load of a feed follows it at once, and need not ask the warehouse again.
 * Safe for use by several threads.
 */
public final class SeenTargets {

    private static final Duration LONGEST = Duration.ofSeconds(10);

    private record Seen(TargetTable table, Instant at) {}

    private final Clock clock;
    private final Map<String, Seen> byFeed = new ConcurrentHashMap<>();

    public SeenTargets(Clock clock) {
        this.clock = clock;
    }

    public void add(Feed feed, TargetTable table) {
        byFeed.put(feed.name(), new Seen(table, clock.instant()));
    }

    /** Takes the target of a feed, once; empty if it was not seen just now. */
    public Optional<TargetTable> take(Feed feed) {
        @Nullable Seen seen = byFeed.remove(feed.name());
        return seen == null
                        || !seen.table().name().equals(feed.target())
                        || clock.instant().isAfter(seen.at().plus(LONGEST))
                ? Optional.empty()
                : Optional.of(seen.table());
    }
}
