package io.caravan.app.service;

import static java.util.stream.Collectors.toUnmodifiableSet;

import io.caravan.app.history.ServiceListener;
import io.caravan.load.feed.Election;
import io.caravan.model.feed.Feed;
import io.caravan.model.feed.FeedId;
import io.caravan.spi.Membership;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Which feeds this replica is to poll: those that fall to it while it takes part in an election, or all. */
public final class ElectedFeeds implements AutoCloseable {

    private final String warehouse;
    private final @Nullable Membership membership;
    private final @Nullable Election election;
    private final ServiceListener listener;
    private final Map<String, Boolean> turns = new HashMap<>();
    private @Nullable RepeatedTask rounds;

    /**
     * Has no turn yet.
     *
     * @param membership how it hears of the other replicas; null if it has every turn
     * @param warehouse tells the warehouse from others
     * @param listener is told of turns that change
     */
    public ElectedFeeds(@Nullable Membership membership, String replica, String warehouse, ServiceListener listener) {
        this.listener = listener;
        this.warehouse = warehouse;
        this.membership = membership;
        this.election = membership == null ? null : new Election(replica, membership);
    }

    /**
     * Takes part, until closed; knows its turns when this returns.
     *
     * @param feeds the feeds that this replica knows by then
     * @param loading those of which a load is in flight
     */
    public void start(Supplier<List<Feed>> feeds, Supplier<List<Feed>> loading) {
        if (election != null) {
            Election held = election;
            Runnable round = () -> {
                List<Feed> known = feeds.get();
                held.round(ids(known), ids(loading.get()));
                tell(known);
            };
            round.run();
            rounds = new RepeatedTask("election", round, Membership.INTERVAL, Membership.INTERVAL);
            rounds.start();
        }
    }

    /** What is known for the first time is no change. */
    private void tell(List<Feed> feeds) {
        for (Feed feed : feeds) {
            boolean isOurs = isTurnOf(feed);
            @Nullable Boolean before = turns.put(feed.name(), isOurs);
            if (before != null && before != isOurs) {
                listener.turnChanged(feed.name(), isOurs);
            }
        }
    }

    /** Says of which feeds other services have namesakes, by the feeds' names; takes no part. */
    public Map<String, String> namesakes(List<Feed> feeds) {
        return membership == null ? Map.of() : Election.namesakes(ids(feeds), membership.look());
    }

    private Set<String> ids(List<Feed> feeds) {
        return feeds.stream().map(feed -> FeedId.of(feed, warehouse)).collect(toUnmodifiableSet());
    }

    /** Returns whether it is for this replica to poll a feed now; for any thread. */
    public boolean isTurnOf(Feed feed) {
        return election == null || election.runs(FeedId.of(feed, warehouse));
    }

    /** Gives all turns to the others. */
    @Override
    public void close() {
        if (rounds != null && election != null) {
            rounds.close();
            election.leave();
        }
        if (membership != null) {
            membership.close();
        }
    }
}
