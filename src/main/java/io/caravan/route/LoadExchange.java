package io.caravan.route;

import io.caravan.load.Load;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;

/** The load that an exchange belongs to. */
final class LoadExchange {

    private static final String LOAD = "CaravanLoad";

    private LoadExchange() {}

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
