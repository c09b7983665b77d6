package io.caravan.model;

import static java.util.Objects.requireNonNull;

import java.util.Set;

/**
 * A process of the service, as it says of itself.
 *
 * @param name differs from every other replica's
 * @param feeds names of the feeds that it knows, and can run
 * @param running names of those of them that it polls, or of which a load is in flight
 */
public record Replica(String name, Set<String> feeds, Set<String> running) {

    public Replica {
        requireNonNull(name, "name");
        feeds = Set.copyOf(feeds);
        running = Set.copyOf(running);
    }
}
