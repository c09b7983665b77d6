package io.caravan.load.feed;

import io.caravan.base.CaravanException;
import io.caravan.base.ErrorCode;
import io.caravan.load.ledger.FailedLoads;
import io.caravan.model.ObjectVersion;
import io.caravan.model.status.FeedStatus;
import io.caravan.spi.LoadListener;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The passes of one feed, and their pace: after a failure the feed pauses, longer each time. Used by one thread, except
 * {@link #status}.
 */
public final class FeedLoads {

    /** Objects set aside that have their try in one look of a service; new objects must not wait long. */
    private static final int MAX_ASIDE_PER_POLL = 20;

    /** Whoever fails so is not to be asked for more. */
    private static final Set<ErrorCode> STORE_FAILURES = Set.of(
            ErrorCode.OBJECT_STORE_UNREACHABLE,
            ErrorCode.OBJECT_STORE_BUSY,
            ErrorCode.OBJECT_STORE_FAILED,
            ErrorCode.OBJECT_STORE_DENIED,
            ErrorCode.BUCKET_NOT_FOUND);

    private static final Logger log = LoggerFactory.getLogger(FeedLoads.class);

    private final String feed;
    private final Duration gather;
    private final Lookout lookout;
    private final ObjectSource source;
    private final Retrying retrying;
    private final LoadListener listener;
    private final FeedHealth health;
    private final FeedObjects objects;
    private final FeedListing listing;
    private final LoadTurn turn;

    FeedLoads(
            String feed,
            FeedWatch watch,
            Lookout lookout,
            ObjectSource source,
            FailedLoads failedLoads,
            Retrying retrying,
            LoadListener listener,
            LoadSlots slots) {
        this.feed = feed;
        this.gather = watch.gather();
        this.lookout = lookout;
        this.source = source;
        this.retrying = retrying;
        this.listener = listener;
        this.health = new FeedHealth(feed, retrying.policy(), retrying.clock(), retrying.random(), watch.expectEvery());
        SetAside setAside = new SetAside(retrying.policy(), retrying.clock(), retrying.random());
        this.objects = new FeedObjects(feed, failedLoads, setAside, health, listener);
        this.listing = new FeedListing(feed, source, lookout, objects, listener);
        this.turn = new LoadTurn(source, slots, health, retrying.patience());
    }

    /** Returns how the feed gets on; for any thread. */
    public FeedStatus status() {
        return objects.status(source.newestListed(), source.incomplete());
    }

    /**
     * Returns objects that were found and wait, the oldest first; for any thread.
     *
     * @param limit how many at most
     */
    public List<ObjectVersion> waiting(Predicate<ObjectVersion> wanted, int limit) {
        return objects.waiting(wanted, limit);
    }

    /**
     * Loads all new objects; a service calls this repeatedly. A failing feed is tried at a slower pace, and the listener is
     * notified. If the feed has notifications, this waits for one for a while. Before the first load, checks that the feed
     * can load at all, even if there is no object.
     *
     * @return how many object versions were handed over
     */
    public int poll() {
        if (isOver()) {
            return 0;
        }
        tellMissing();
        if (!health.isDue()) {
            lookout.rest();
            look();
            return 0;
        }
        listing.verify();
        try {
            Scope scope = lookout.next();
            int handedOver =
                    isOver() ? 0 : pass(scope, health.reason() == null ? gather : Duration.ZERO, MAX_ASIDE_PER_POLL);
            if (!isOver()) {
                recover();
            }
            return handedOver;
        } catch (CaravanException e) {
            boolean isKnown = e.code() == health.reason();
            listener.feedFailed(feed, e, health.failed(e), isKnown);
            return 0;
        }
    }

    private void tellMissing() {
        @Nullable Instant since = health.missingUntold(source.newestListed());
        if (since != null) {
            listener.objectMissing(feed, since);
        }
    }

    /** What arrives while the feed is left alone waits too. It costs one listing, as a poll of a feed that loads does. */
    private void look() {
        @Nullable ErrorCode reason = health.reason();
        if (!listing.hasListed() || reason == null || STORE_FAILURES.contains(reason)) {
            return;
        }
        try {
            objects.found(source.findKnownNew(), lookout.everything());
        } catch (CaravanException e) {
            log.debug("Feed {}: cannot list what waits: {}", feed, e.getMessage());
        }
    }

    private void recover() {
        if (health.reason() != null) {
            listener.feedRecovered(feed);
        }
        health.succeeded();
    }

    /**
     * Loads all new objects, once, without a wait for others; objects that are set aside get one try.
     *
     * @return how many object versions were handed over
     * @throws CaravanException if the feed fails; the objects that are left stay new
     */
    public int pass() {
        return pass(lookout.all(), Duration.ZERO, Integer.MAX_VALUE);
    }

    /** A feed that fails has had its quick tries. */
    private int pass(Scope scope, Duration patient, int mostSetAside) {
        Retrying tries = health.reason() == null ? retrying : retrying.tries(1);
        return new FeedPass(feed, scope, listing, objects, turn, tries, listener).run(patient, mostSetAside);
    }

    private boolean isOver() {
        return retrying.patience().isOver();
    }
}
