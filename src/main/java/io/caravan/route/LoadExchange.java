package io.caravan.route;

import io.caravan.load.Load;
import org.apache.camel.Exchange;

/** The load that an exchange belongs to. */
final class LoadExchange {

    private static final String LOAD = "CaravanLoad";

    private LoadExchange() {}

    static void set(Exchange exchange, Load load) {
        exchange.setProperty(LOAD, load);
    }

    /**
     * Returns the load.
     *
     * @throws IllegalStateException if the route has no step before that begins one
     */
    static Load get(Exchange exchange) {
        Load load = exchange.getProperty(LOAD, Load.class);
        if (load == null) {
            throw new IllegalStateException("no load has begun; the route lacks the feed's 'begin' step");
        }
        return load;
    }
}
