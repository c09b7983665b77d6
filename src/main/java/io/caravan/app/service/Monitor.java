package io.caravan.app.service;

import io.caravan.app.camel.CamelRoutes;
import io.caravan.app.command.Version;
import io.caravan.app.history.LoadHistory;
import io.caravan.app.monitor.MonitorSource;
import io.caravan.app.service.HealthServer.Answer;
import io.caravan.app.settings.HttpSettings;
import io.caravan.app.wiring.Wiring;
import io.caravan.metrics.Metrics;
import io.caravan.metrics.Observed;
import io.caravan.model.status.FeedStatus;
import io.caravan.model.status.PoolStatus;
import io.caravan.model.status.PublishStatus;
import io.caravan.model.status.ReloadStatus;
import io.caravan.spi.LoadListener;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Health and metrics of the service, and the server that answers them. */
public final class Monitor implements Observed, AutoCloseable {

    private final Clock clock = Clock.systemUTC();
    private final ServiceState service = new ServiceState(clock.instant());
    private final ExecutorService asking = Executors.newCachedThreadPool(work -> {
        Thread thread = new Thread(work, "reachability");
        thread.setDaemon(true);
        return thread;
    });
    private final Wiring wiring;
    private final Health health;
    private final Metrics metrics;
    private final HealthServer server;

    /**
     * Begins to answer.
     *
     * @param wiring what the service uses, and is watched at
     * @throws io.caravan.base.InvalidConfigurationException if the port is in use
     */
    public Monitor(HttpSettings settings, Wiring wiring) {
        this.wiring = wiring;
        this.health = new Health(
                service,
                List.of(
                        new Reachability(
                                "warehouse",
                                wiring.warehouseContacts(),
                                () -> wiring.warehouse().probe(),
                                asking,
                                clock),
                        new Reachability("s3", wiring.storeContacts(), service::probeStore, asking, clock)));
        this.metrics = new Metrics(this, Version.number(), clock);
        this.server = new HealthServer(
                settings,
                Map.of(
                        "/health", this::details,
                        "/health/live", () -> verdict("alive", health.live()),
                        "/health/ready", () -> verdict("ready", health.ready()),
                        "/metrics", () -> new Answer(HealthServer.OK, Metrics.CONTENT_TYPE, metrics.scrape())));
    }

    /** Returns what counts what loads tell. */
    public LoadListener listener() {
        return metrics.listener();
    }

    /**
     * Says what the service is going to serve.
     *
     * @param reload how changes of the route files get on
     */
    public void serve(CamelRoutes routes, Supplier<ReloadStatus> reload) {
        service.serve(routes, reload);
    }

    /** Says where to ask how tables of the Data Catalog get on. */
    public void publishes(Supplier<List<PublishStatus>> statuses) {
        service.publishes(statuses);
    }

    /** Returns what the service knows of itself, for the page. */
    MonitorSource facts(LoadHistory history) {
        return new ServiceFacts(service, health, wiring, history, clock);
    }

    /** Returns the name of a feed's route file; null if it is not known. */
    @Nullable
    public String fileOf(String feed) {
        return service.fileOf(feed);
    }

    /** Returns the port on which it answers. */
    int port() {
        return server.port();
    }

    private Answer details() {
        String json = HealthJson.details(service, health, Version.number(), clock.instant());
        return Answer.json(health.live().isGood() && isReady(), json);
    }

    private static Answer verdict(String good, Health.Verdict verdict) {
        return Answer.json(verdict.isGood(), HealthJson.of(good, verdict));
    }

    @Override
    public List<FeedStatus> feeds() {
        return service.feeds();
    }

    @Override
    public ReloadStatus reload() {
        return service.reload();
    }

    @Override
    public PoolStatus pool() {
        return wiring.pool();
    }

    @Override
    public Map<String, Boolean> reachable() {
        Map<String, Boolean> reachable = new LinkedHashMap<>();
        health.systems().forEach((system, seen) -> reachable.put(system, seen.isReachable()));
        return reachable;
    }

    @Override
    public boolean isReady() {
        return health.readyAsKnown().isGood();
    }

    @Override
    public void close() {
        server.close();
        asking.shutdownNow();
        metrics.close();
    }
}
