package io.caravan.model.feed;

import static java.util.Objects.requireNonNull;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Says what of the ledger and of the dead letters belongs to a feed: what came from its place, whatever the feed was called
 * then; and what of its target bears its name and came from no other feed's place, for a feed whose prefix was another one.
 *
 * @param name name of the feed
 * @param place its place; null for a name that no route file knows, to which what bears it belongs
 * @param others the places of other feeds of the same target
 */
public record FeedEntries(String name, @Nullable FeedPlace place, List<FeedPlace> others) {

    public FeedEntries {
        requireNonNull(name, "name");
        others = List.copyOf(others);
    }

    /** Means what bears a name. */
    public static FeedEntries named(String name) {
        return new FeedEntries(name, null, List.of());
    }

    /**
     * Means what belongs to one of several feeds.
     *
     * @param all all feeds, which may include it
     */
    public static FeedEntries of(Feed feed, List<Feed> all) {
        List<FeedPlace> others = all.stream()
                .filter(other ->
                        !other.name().equals(feed.name()) && other.target().equals(feed.target()))
                .map(Feed::place)
                .toList();
        return new FeedEntries(feed.name(), feed.place(), others);
    }
}
