package io.caravan.route;

import io.caravan.load.Load;
import io.caravan.load.Loads;
import io.caravan.load.TrialLoads;
import io.caravan.load.replay.Replay;
import io.caravan.model.ObjectVersion;
import io.caravan.model.feed.Feed;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/** The first step of a feed's route. One bean serves all feeds; a route template may also make one of its own. */
public final class FeedBean {

    static final String MDC_FEED = "feed";
    static final String MDC_LOAD = "load";

    private @Nullable Loads loads;

    /**
     * Begins a load of the body's object versions, or of the dead letters that the exchange brings with it. If another load
     * was faster with all of them, the exchange ends here.
     *
     * @throws io.caravan.base.CaravanException if no load can begin
     */
    public void begin(Exchange exchange) {
        if (loads == null) {
            throw new IllegalStateException("the feed's bean has no 'loads'");
        }
        Optional<TrialLoads> trial = LoadExchange.trial(exchange);
        Feed feed =
                trial.map(all -> all.feed(LoadExchange.feed(exchange))).orElseGet(() -> LoadExchange.feed(exchange));
        Loads begins = trial.map(TrialLoads::loads).orElse(loads);
        MDC.put(MDC_FEED, feed.name());
        List<ObjectVersion> objects = new ArrayList<>();
        for (Object object : exchange.getMessage().getBody(List.class)) {
            objects.add((ObjectVersion) object);
        }
        Optional<Replay> replay = LoadExchange.replay(exchange);
        Optional<Load> begun = replay.isPresent()
                ? Optional.of(begins.begin(feed, replay.get()))
                : begins.begin(
                        feed, objects, LoadExchange.waiting(exchange, objects), LoadExchange.deliveries(exchange));
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

    public void setLoads(Loads loads) {
        this.loads = loads;
    }
}
