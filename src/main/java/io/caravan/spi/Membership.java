package io.caravan.spi;

import io.caravan.model.status.Replica;
import java.time.Duration;
import java.util.List;

/** Tracks the live replicas of the service. Used by one thread at a time. */
public interface Membership extends AutoCloseable {

    /** The interval at which a replica announces that it lives. */
    Duration INTERVAL = Duration.ofSeconds(5);

    /** The time after its last announcement at which a replica counts as dead. */
    Duration LIFETIME = Duration.ofSeconds(15);

    /**
     * Announces that a replica lives, and the feeds that it runs.
     *
     * @return all live replicas, this one too, each with its last announcement
     * @throws io.caravan.base.CaravanException if the announcement cannot be written, or the others cannot be read
     */
    List<Replica> announce(Replica replica);

    /**
     * Returns all live replicas, for a caller that is no replica.
     *
     * @throws io.caravan.base.CaravanException if nobody can be asked
     */
    default List<Replica> look() {
        return List.of();
    }

    /**
     * Announces that a replica is going to end.
     *
     * @throws io.caravan.base.CaravanException if the announcement cannot be written; the others notice the end by the
     *     missing announcements
     */
    void leave(String name);

    @Override
    void close();
}
