package io.caravan.spi;

import io.caravan.model.status.Replica;
import java.time.Duration;
import java.util.List;

/** Knows which replicas of the service live. Used by one thread at a time. */
public interface Membership extends AutoCloseable {

    /** How often a replica says that it lives. */
    Duration INTERVAL = Duration.ofSeconds(5);

    /** How long after it last said so a replica counts as dead. */
    Duration LIFETIME = Duration.ofSeconds(15);

    /**
     * Says that a replica lives, and what it does.
     *
     * @return all that live, with what each has last said; this one too
     * @throws io.caravan.base.CaravanException if that cannot be said, or nobody can be asked
     */
    List<Replica> announce(Replica replica);

    /**
     * Returns all that live, for somebody who is none of them.
     *
     * @throws io.caravan.base.CaravanException if nobody can be asked
     */
    default List<Replica> look() {
        return List.of();
    }

    /**
     * Says that a replica is going to end.
     *
     * @throws io.caravan.base.CaravanException if that cannot be said; the others find out
     */
    void leave(String name);

    @Override
    void close();
}
