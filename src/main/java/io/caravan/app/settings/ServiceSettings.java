package io.caravan.app.settings;

import static java.util.Objects.requireNonNull;

import java.time.Duration;

/**
 * What only the long-running service needs to know.
 *
 * @param reloadInterval from one look at the route files to the next; zero for no look after the start
 * @param election where the replicas find out which of them runs which feed
 * @param replica this replica's name, which differs from every other's
 */
public record ServiceSettings(Duration reloadInterval, ElectionBy election, String replica) {

    /** Never looks again, and knows of no other. */
    public static final ServiceSettings ALONE = new ServiceSettings(Duration.ZERO, ElectionBy.NONE, "alone");

    public ServiceSettings {
        requireNonNull(reloadInterval, "reloadInterval");
        requireNonNull(election, "election");
        requireNonNull(replica, "replica");
    }
}
