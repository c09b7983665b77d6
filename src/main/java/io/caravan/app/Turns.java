package io.caravan.app;

import io.caravan.load.Election;
import io.caravan.spi.Membership;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Which feeds this replica is to poll: those that fall to it while it takes part in an election, or all. */
final class Turns implements AutoCloseable {

    private final @Nullable Membership membership;
    private final @Nullable Election election;
    private @Nullable Housekeeping rounds;

    /**
     * Has no turn yet.
     *
     * @param membership how it hears of the other replicas; null if it has every turn
     */
    Turns(@Nullable Membership membership, String replica) {
        this.membership = membership;
        this.election = membership == null ? null : new Election(replica, membership);
    }

    /**
     * Takes part, until closed; knows its turns when this returns.
     *
     * @param feeds names of the feeds that this replica knows by then
     * @param loading names of those of which a load is in flight
     */
    void start(Supplier<Set<String>> feeds, Supplier<Set<String>> loading) {
        if (election != null) {
            Election held = election;
            held.round(feeds.get(), loading.get());
            rounds = new Housekeeping(
                    "election", () -> held.round(feeds.get(), loading.get()), Membership.INTERVAL, Membership.INTERVAL);
            rounds.start();
        }
    }

    /** Returns whether it is for this replica to poll a feed now; for any thread. */
    boolean isTurnOf(String feed) {
        return election == null || election.runs(feed);
    }

    /** Gives all turns to the others. */
    @Override
    public void close() {
        if (rounds != null) {
            rounds.close();
        }
        if (election != null) {
            election.leave();
        }
        if (membership != null) {
            membership.close();
        }
    }
}
