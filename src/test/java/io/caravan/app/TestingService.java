package io.caravan.app;

import io.caravan.app.camel.CamelRoutes;
import io.caravan.app.camel.Feeds;
import io.caravan.app.settings.Settings;
import io.caravan.app.wiring.Wiring;
import io.caravan.base.CaravanException;
import io.caravan.model.ObjectVersion;
import io.caravan.model.ledger.LoadRecord;
import io.caravan.model.ledger.Outcome;
import io.caravan.model.status.FeedStatus;
import io.caravan.spi.LoadListener;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** The service in this process, and what it tells of failures. */
public final class TestingService implements AutoCloseable, LoadListener {

    private final List<String> events = new CopyOnWriteArrayList<>();
    private final Wiring wiring;
    private final CamelRoutes routes;

    TestingService(Settings settings) {
        wiring = new Wiring(settings);
        routes = wiring.routes(Feeds.read(settings), this, true);
        routes.start();
    }

    /** Returns what it has told so far: tries that failed, what was set aside, how the feed failed and recovered. */
    public List<String> events() {
        return events;
    }

    public FeedStatus status(String feed) {
        return routes.status(feed);
    }

    @Override
    public void loadFinished(LoadRecord load) {
        if (load.outcome() != Outcome.FAILED) {
            events.add("loaded " + load.objects().size());
        }
    }

    @Override
    public void retrying(String feedName, CaravanException reason, int tries, int maxTries, Duration delay) {
        events.add("try " + tries + " of " + maxTries + ": " + reason.code());
    }

    @Override
    public void objectSetAside(
            String feedName, ObjectVersion object, CaravanException reason, Duration delay, boolean isKnown) {
        events.add((isKnown ? "still aside: " : "set aside: ") + object.key() + " " + reason.code());
    }

    @Override
    public void feedFailed(String feedName, CaravanException reason, Duration delay, boolean isKnown) {
        events.add((isKnown ? "still failing: " : "failing: ") + reason.code());
    }

    @Override
    public void feedRecovered(String feedName) {
        events.add("recovered");
    }

    @Override
    public void close() {
        routes.close();
        wiring.close();
    }
}
