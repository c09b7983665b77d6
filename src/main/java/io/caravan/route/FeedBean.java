package io.caravan.route;

import io.caravan.load.Load;
import io.caravan.load.Loads;
import io.caravan.load.Replay;
import io.caravan.model.Feed;
import io.caravan.model.ObjectVersion;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/** A feed, as the route template describes it parameter by parameter; and the route's first step. */
public final class FeedBean {

    static final String MDC_FEED = "feed";
    static final String MDC_LOAD = "load";

    private final Map<String, String> parameters = new LinkedHashMap<>();
    private @Nullable Loads loads;
    private @Nullable Feed feed;

    /**
     * Begins a load of the body's object versions, or of the dead letters that the exchange brings with it. If another load was faster with all of them, the exchange ends here.
     *
     * @throws io.caravan.base.CaravanException if no load can begin
     */
    public void begin(Exchange exchange) {
        if (loads == null) {
            throw new IllegalStateException("the feed's bean has no 'loads'");
        }
        Feed known = feed(exchange.getFromRouteId());
        MDC.put(MDC_FEED, known.name());
        List<ObjectVersion> objects = new ArrayList<>();
        for (Object object : exchange.getMessage().getBody(List.class)) {
            objects.add((ObjectVersion) object);
        }
        Optional<Replay> replay = LoadExchange.replay(exchange);
        Optional<Load> begun = replay.isPresent()
                ? Optional.of(loads.begin(known, replay.get()))
                : loads.begin(known, objects, LoadExchange.waiting(exchange, objects));
        if (begun.isEmpty()) {
            exchange.setRouteStop(true);
            return;
        }
        Load load = begun.get();
        MDC.put(MDC_LOAD, load.id());
        LoadExchange.set(exchange, load);
        exchange.getExchangeExtension().addOnCompletion(new LoadEnd(load));
        exchange.getMessage().setBody(load.objects());
    }

    /** The route's id is the feed's name, and known only when the route runs. */
    private Feed feed(String routeId) {
        if (feed == null) {
            feed = new FeedParameters(routeId, parameters).feed();
        }
        return feed;
    }

    public void setLoads(Loads loads) {
        this.loads = loads;
    }

    /** Returns the feed's parameters by the names that the route template gives them, for the template to fill. */
    public Map<String, String> getParameters() {
        return parameters;
    }
}
