package io.caravan.load.feed;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.toCollection;

import io.caravan.base.CaravanException;
import io.caravan.model.feed.FeedId;
import io.caravan.model.status.Replica;
import io.caravan.spi.Membership;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides with the other replicas of the service which of them runs which feed. The election only saves work: if two
 * replicas run a feed for a while, the ledger lets one of their loads win. So a replica that can no longer reach the others
 * goes on with its feeds, and one that never could runs all feeds.
 *
 * <p>{@link #runs} is for any thread, the rest is for one.
 */
public final class Election {

    private static final Logger log = LoggerFactory.getLogger(Election.class);

    private final String me;
    private final Membership membership;
    private final Set<String> told = new HashSet<>();
    private volatile Set<String> mine = Set.of();
    private boolean hasHeard;
    private boolean isFailing;

    /**
     * Runs nothing yet.
     *
     * @param me this replica's name, which differs from every other's
     */
    public Election(String me, Membership membership) {
        this.me = requireNonNull(me, "me");
        this.membership = requireNonNull(membership, "membership");
    }

    /** Returns whether this replica must poll the feed with an id. */
    public boolean runs(String feed) {
        return mine.contains(feed);
    }

    /**
     * Announces this replica, and reads the announcements of the others; call it every {@link Membership#INTERVAL}.
     *
     * @param feeds ids of the feeds that this replica knows, as of {@link FeedId}
     * @param loading ids of those of them of which a load is in flight
     */
    public void round(Set<String> feeds, Set<String> loading) {
        try {
            Set<String> before = mine;
            List<Replica> replicas = announce(feeds, loading);
            tellOfNamesakes(feeds, replicas);
            hear(replicas);
            hasHeard = true;
            if (!before.equals(mine)) {
                // So that nobody else takes what has just been taken.
                announce(feeds, loading);
            }
            if (isFailing) {
                log.info("The other replicas can be heard again");
                isFailing = false;
            }
        } catch (CaravanException e) {
            if (!hasHeard) {
                mine = Set.copyOf(feeds);
            }
            if (!isFailing) {
                log.warn("Cannot hear the other replicas, goes on with the feeds {}: {}", names(mine), e.getMessage());
            }
            isFailing = true;
        }
    }

    /** Gives all feeds back, so that another replica takes them soon. */
    public void leave() {
        mine = Set.of();
        try {
            membership.leave(me);
        } catch (CaravanException e) {
            log.warn(
                    "Cannot tell the other replicas of the end, they take over in {} s: {}",
                    Membership.LIFETIME.toSeconds(),
                    e.getMessage());
        }
    }

    private List<Replica> announce(Set<String> feeds, Set<String> loading) {
        Set<String> running = new HashSet<>(mine);
        running.retainAll(feeds);
        running.addAll(loading);
        return membership.announce(new Replica(me, feeds, running));
    }

    private void hear(List<Replica> replicas) {
        Set<String> runByOthers = new HashSet<>();
        replicas.stream()
                .filter(replica -> !replica.name().equals(me))
                .forEach(other -> runByOthers.addAll(other.running()));
        Set<String> next = new TreeSet<>();
        for (Map.Entry<String, String> share : FeedShares.of(replicas).entrySet()) {
            // Until the other has ended its load, or is dead.
            if (share.getValue().equals(me) && !runByOthers.contains(share.getKey())) {
                next.add(share.getKey());
            }
        }
        if (!next.equals(mine)) {
            log.info("Of {} replicas this one, {}, runs the feeds {}", replicas.size(), me, names(next));
            mine = next;
        }
    }

    private static Set<String> names(Set<String> ids) {
        return ids.stream().map(FeedId::name).collect(toCollection(TreeSet::new));
    }

    /** Whoever shares the place where replicas hear of each other, and not the feeds, should know it; once. */
    private void tellOfNamesakes(Set<String> feeds, List<Replica> replicas) {
        namesakes(feeds, replicas).forEach((feed, text) -> {
            if (told.add(feed)) {
                log.warn("Feed {}: {}", feed, text);
            }
        });
    }

    /**
     * Returns the feeds of which other replicas have namesakes: for people, by the feeds' names.
     *
     * @param feeds ids
     */
    public static Map<String, String> namesakes(Set<String> feeds, List<Replica> replicas) {
        Map<String, String> found = new TreeMap<>();
        for (Replica other : replicas) {
            for (String feed : feeds) {
                if (other.feeds().stream().anyMatch(id -> FeedId.areNamesakes(id, feed))) {
                    found.putIfAbsent(
                            FeedId.name(feed),
                            "replica " + other.name()
                                    + " has a feed of this name too, of another warehouse, table, bucket or"
                                    + " prefix: it is another feed, and each is run; give services that share the place of"
                                    + " their election feeds of different names");
                }
            }
        }
        return found;
    }
}
