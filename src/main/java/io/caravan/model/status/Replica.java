package io.caravan.model.status;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.toUnmodifiableSet;

import io.caravan.model.feed.FeedId;
import java.util.Set;
import java.util.TreeSet;

/**
 * A process of the service, as it says of itself.
 *
 * @param name differs from every other replica's
 * @param feeds ids of the feeds that it knows, and can run, as of {@link FeedId}
 * @param running ids of those of them that it polls, or of which a load is in flight
 */
public record Replica(String name, Set<String> feeds, Set<String> running) {

    private static final String SEPARATOR = "\n";

    public Replica {
        requireNonNull(name, "name");
        feeds = Set.copyOf(feeds);
        running = Set.copyOf(running);
    }

    /** Returns ids of feeds as one text, by which {@link #names} finds them again. */
    public static String text(Set<String> names) {
        return String.join(SEPARATOR, new TreeSet<>(names));
    }

    /** Returns the ids of feeds that a text holds. */
    public static Set<String> names(String text) {
        return text.lines().collect(toUnmodifiableSet());
    }
}
