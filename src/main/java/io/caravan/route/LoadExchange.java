package io.caravan.route;

import io.caravan.load.Load;
import io.caravan.load.Replay;
import java.util.Optional;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;

/** The load that an exchange belongs to. */
final class LoadExchange {

    private static final String REPLAY = "CaravanReplay";
    private static final String LOAD = "CaravanLoad";

    private LoadExchange() {}

    /** Says that the exchange's load is made of dead letters. */
    static void setReplay(Exchange exchange, Replay replay) {
        exchange.setProperty(REPLAY, replay);
    }

    /** Returns the dead letters that the exchange's load is made of; nothing if it takes the body's objects. */
    static Optional<Replay> replay(Exchange exchange) {
        return Optional.ofNullable(exchange.getProperty(REPLAY, Replay.class));
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
