package io.caravan.route;

import io.caravan.load.Load;
import io.caravan.load.TrialLoads;
import io.caravan.load.replay.Replay;
import io.caravan.model.Deliveries;
import io.caravan.model.ObjectVersion;
import io.caravan.model.feed.Feed;
import java.util.List;
import java.util.Optional;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;

/** The load that an exchange belongs to. */
final class LoadExchange {

    private static final String FEED = "CaravanFeed";
    private static final String REPLAY = "CaravanReplay";
    private static final String TRIAL = "CaravanTrial";
    private static final String WAITING = "CaravanWaiting";
    private static final String DELIVERIES = "CaravanDeliveries";
    private static final String LOAD = "CaravanLoad";

    private LoadExchange() {}

    /** Says of which feed the exchange's objects are. */
    static void setFeed(Exchange exchange, Feed feed) {
        exchange.setProperty(FEED, feed);
    }

    /**
     * Returns the feed of the exchange's objects.
     *
     * @throws IllegalStateException if they do not come from {@code s3-objects}
     */
    static Feed feed(Exchange exchange) {
        Feed feed = exchange.getProperty(FEED, Feed.class);
        if (feed == null) {
            throw new IllegalStateException(
                    "the route consumes from something else than s3-objects, so it has no feed");
        }
        return feed;
    }

    /** Says that the exchange's load is made of dead letters. */
    static void setReplay(Exchange exchange, Replay replay) {
        exchange.setProperty(REPLAY, replay);
    }

    /** Returns the dead letters that the exchange's load is made of; nothing if it takes the body's objects. */
    static Optional<Replay> replay(Exchange exchange) {
        return Optional.ofNullable(exchange.getProperty(REPLAY, Replay.class));
    }

    /** Says that the exchange's load is only tried. */
    static void setTrial(Exchange exchange, TrialLoads trial) {
        exchange.setProperty(TRIAL, trial);
    }

    /** Returns what tries the exchange's load; nothing if it loads. */
    static Optional<TrialLoads> trial(Exchange exchange) {
        return Optional.ofNullable(exchange.getProperty(TRIAL, TrialLoads.class));
    }

    /**
     * Says which objects wait, of which the body's are some.
     *
     * @param deliveries which of the body's belong together
     */
    static void setWaiting(Exchange exchange, List<ObjectVersion> objects, Deliveries deliveries) {
        exchange.setProperty(WAITING, objects);
        exchange.setProperty(DELIVERIES, deliveries);
    }

    /** Returns which of the body's objects belong together. */
    static Deliveries deliveries(Exchange exchange) {
        Deliveries deliveries = exchange.getProperty(DELIVERIES, Deliveries.class);
        return deliveries == null ? Deliveries.NONE : deliveries;
    }

    /**
     * Returns the objects that wait.
     *
     * @param objects those of the body: at least they do
     */
    @SuppressWarnings("unchecked")
    static List<ObjectVersion> waiting(Exchange exchange, List<ObjectVersion> objects) {
        List<ObjectVersion> waiting = exchange.getProperty(WAITING, List.class);
        return waiting == null || waiting.isEmpty() ? objects : waiting;
    }

    static void set(Exchange exchange, Load load) {
        exchange.setProperty(LOAD, load);
    }

    /** Returns the load; null if none has begun. */
    static @Nullable Load find(Exchange exchange) {
        return exchange.getProperty(LOAD, Load.class);
    }

    /**
     * Returns the load.
     *
     * @throws IllegalStateException if the route has no step before that begins one
     */
    static Load get(Exchange exchange) {
        Load load = find(exchange);
        if (load == null) {
            throw new IllegalStateException("no load has begun; the route lacks the feed's 'begin' step");
        }
        return load;
    }
}
