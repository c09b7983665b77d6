package io.caravan.app.camel;

import io.caravan.base.CaravanException;
import io.caravan.base.ErrorCode;
import io.caravan.base.InvalidConfigurationException;
import io.caravan.load.FeedPreviews;
import io.caravan.load.RepeatedLoad;
import io.caravan.load.TableVerifier;
import io.caravan.load.preview.FeedPreview;
import io.caravan.load.preview.PreviewWish;
import io.caravan.load.replay.Replay;
import io.caravan.load.tally.LoadResult;
import io.caravan.load.verify.FeedsOfTable;
import io.caravan.load.verify.TableVerification;
import io.caravan.model.Deliveries;
import io.caravan.model.ObjectVersion;
import io.caravan.model.feed.Feed;
import io.caravan.model.status.FeedStatus;
import io.caravan.route.CamelFailures;
import io.caravan.route.LiteralKeys;
import io.caravan.route.S3ObjectsConsumer;
import io.caravan.spi.DeadLetters;
import io.caravan.spi.LoadListener;
import io.caravan.spi.verify.VerifySession;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.Route;
import org.apache.camel.main.BaseMainSupport;
import org.apache.camel.main.Main;
import org.apache.camel.main.MainListenerSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Camel, with the routes that route files describe. */
public final class CamelRoutes implements AutoCloseable {

    /** What Camel does by itself and Caravan must not have; settings of the user's own come after them. */
    public static final Map<String, String> DEFAULTS = Map.of(
            "camel.main.name", "caravan",
            // Would copy objects into the heap.
            "camel.main.streamCachingEnabled", "false",
            // A load in flight finishes first; what is longer is rolled back and loads again after the next start.
            "camel.main.shutdownTimeout", "300",
            "camel.main.jmxEnabled", "false",
            "camel.main.startupSummaryLevel", "Oneline");

    private static final Logger log = LoggerFactory.getLogger(CamelRoutes.class);

    private final Main main = new Main();
    private @Nullable RunningRoutes running;
    private volatile RouteSet current;
    private List<RouteProblem> unusable = List.of();
    private volatile boolean begun;
    private volatile boolean stopping;

    /**
     * Prepares Camel.
     *
     * @param routes what the route files say
     * @param properties Camel's own, and those that route files name in placeholders
     */
    public CamelRoutes(RouteSet routes, Map<String, String> properties) {
        this.current = routes;
        Properties initial = new Properties();
        initial.putAll(DEFAULTS);
        initial.putAll(properties);
        main.setDefaultPropertyPlaceholderLocation("false");
        main.setInitialProperties(initial);
        main.configure().setRoutesIncludePattern("false");
        main.getShutdownStrategy().addShutdownListener(this::stop);
        main.addMainListener(new MainListenerSupport() {
            @Override
            public void afterConfigure(BaseMainSupport configured) {
                CamelContext context = configured.getCamelContext();
                context.getCamelContextExtension().registerEndpointCallback(new LiteralKeys());
                running = new RunningRoutes(context);
            }

            @Override
            public void afterStart(BaseMainSupport started) {
                begin();
                tellOfProblems();
            }
        });
    }

    /**
     * Creates all routes, and starts none.
     *
     * @return the routes that Camel cannot create
     */
    public List<RouteProblem> tryOut() {
        main.configure().setAutoStartup(false);
        start();
        return unusable;
    }

    /** Only now: a route that cannot be made or started would keep Camel itself from starting. */
    private void begin() {
        if (running != null && !begun) {
            unusable = running.begin(current);
            current = current.without(unusable);
            begun = true;
        }
    }

    private void tellOfProblems() {
        List<RouteProblem> stopped = current.stopped();
        for (RouteProblem problem : current.problems()) {
            log.error(
                    stopped.contains(problem)
                            ? "Feed {} is stopped, the others run: {} ({})"
                            : "Feed {} runs as another file has it: {} ({})",
                    problem.feed(),
                    problem.text(),
                    problem.code());
        }
    }

    /** Gives a bean the name by which route files call it. */
    public void bind(String name, Object bean) {
        main.bind(name, bean);
    }

    /**
     * Starts the routes; one that Camel cannot make or start is left out.
     *
     * @throws CaravanException if Camel itself cannot start
     */
    public void start() {
        startCamel();
        begin();
    }

    private void startCamel() {
        try {
            main.start();
        } catch (Exception e) {
            throw unusable(e);
        }
    }

    /** Starts the routes likewise, and returns when the process is told to stop and they have ended. */
    public int run() {
        try {
            main.run();
        } catch (Exception e) {
            throw unusable(e);
        }
        return main.getExitCode();
    }

    /**
     * Becomes what other route files say, once the routes have started; gives that up when they are told to stop.
     *
     * @throws InvalidConfigurationException if Camel cannot make a route of what a file says
     */
    public void become(RouteSet routes) {
        if (running == null) {
            throw new IllegalStateException("the routes have not started");
        }
        try {
            running.become(routes);
            current = routes;
        } catch (InterruptedException e) {
            // The process ends.
            Thread.currentThread().interrupt();
        } catch (Exception e) {
            // Camel takes no route any more while it stops.
            if (isServing()) {
                throw unusable(e);
            }
        }
    }

    /** Notes what is wrong with route files that change nothing of the routes. */
    public void note(RouteSet routes) {
        current = routes;
    }

    /** Returns what the routes are, and what is wrong with the files besides. */
    public RouteSet current() {
        return current;
    }

    /** Returns whether the routes have started, and are not told to stop. */
    public boolean isServing() {
        return !stopping && areStarted();
    }

    /** Returns the feeds. */
    public List<Feed> feeds() {
        return consumers().map(S3ObjectsConsumer::feed).toList();
    }

    /** Returns the feeds of which a load is in flight. */
    public List<Feed> loading() {
        return consumers()
                .filter(consumer -> consumer.getPendingExchangesSize() > 0)
                .map(S3ObjectsConsumer::feed)
                .toList();
    }

    /** Loads all that is new for one feed; stops when the load in flight has ended, if the process is told to stop. */
    public void pass(String feed) {
        @Nullable Route route = context().getRoute(feed);
        if (!stopping && route != null) {
            consumer(route).pass();
        }
    }

    /** Brings dead letters through their feed again, in one try. */
    public LoadResult replay(String feed, Replay replay) {
        return required(feed).replay(replay);
    }

    /**
     * Says what the next loads of a feed would do, and does nothing of it. No load waits for that; it may be asked for at any time,
     * by any thread.
     */
    public FeedPreview preview(String feed, PreviewWish wish) {
        return required(feed).preview(wish);
    }

    /** Says likewise what a replay would do. */
    public LoadResult preview(String feed, Replay replay, FeedPreviews previews) {
        return required(feed).preview(replay, previews);
    }

    /**
     * Compares a feed's table with the objects that all its feeds have loaded into it. No load waits for that.
     *
     * @param feed the feed's name
     * @param session on the table
     * @param letters have the records that were replayed
     * @param since the time from which loads count; null for all
     * @param listener is told how reading gets on
     * @throws CaravanException if that cannot be done now, or not for these feeds
     */
    public TableVerification verify(
            String feed, VerifySession session, DeadLetters letters, @Nullable Instant since, LoadListener listener) {
        FeedsOfTable ofTable = new FeedsOfTable(session.target().name(), feeds());
        TableVerifier.Route route = new TableVerifier.Route() {
            @Override
            public LoadResult repeat(Feed one, List<ObjectVersion> objects, Deliveries deliveries, RepeatedLoad load) {
                return required(one.name()).repeat(objects, deliveries, load);
            }

            @Override
            public LoadResult repeat(Feed one, Replay replay, RepeatedLoad load) {
                return required(one.name()).repeat(replay, load);
            }
        };
        return required(feed)
                .verifier(session, ofTable, letters, listener, route)
                .verify(since);
    }

    /** Prepares to preview replays. */
    public FeedPreviews previews(String feed, PreviewWish wish) {
        return required(feed).previews(wish);
    }

    private S3ObjectsConsumer required(String feed) {
        @Nullable Route route = context().getRoute(feed);
        if (route == null) {
            throw current.problems().stream()
                    .filter(problem -> problem.feed().equals(feed))
                    .findFirst()
                    .map(RouteProblem::exception)
                    .orElseThrow(() -> new IllegalStateException("the process stops"));
        }
        return consumer(route);
    }

    /** Returns whether all routes have been started. */
    public boolean areStarted() {
        CamelContext camel = main.getCamelContext();
        return begun && camel != null && camel.isStarted();
    }

    /** Returns whether they have been told to stop. */
    public boolean areStopping() {
        return stopping;
    }

    /** Returns how each feed gets on whose route has been started. */
    public List<FeedStatus> statuses() {
        return consumers().flatMap(consumer -> consumer.findStatus().stream()).toList();
    }

    /** Returns the feeds whose polling has ended for good. */
    public List<String> deadFeeds() {
        return consumers()
                .filter(S3ObjectsConsumer::isPollingDead)
                .map(S3ObjectsConsumer::getRouteId)
                .toList();
    }

    /** Asks the store for an object of any one feed; does nothing if there is none. */
    public void probeStore() {
        consumers().findFirst().ifPresent(S3ObjectsConsumer::probe);
    }

    /**
     * Returns objects of a feed that were found and wait, the oldest first; none if there is no such feed here.
     *
     * @param limit how many at most
     */
    public List<ObjectVersion> waiting(String feed, Predicate<ObjectVersion> wanted, int limit) {
        return consumer(feed).map(consumer -> consumer.waiting(wanted, limit)).orElse(List.of());
    }

    /** Returns whether the ledger knows a key of a feed, as of the last look; empty if nobody has looked, or there is no such feed here. */
    public Optional<Boolean> isKnown(String feed, String key) {
        return consumer(feed).flatMap(consumer -> consumer.isKnown(key));
    }

    /** Returns the parameters of a feed that are in force, by their names; none if there is no such feed here. */
    public List<FeedParameter> parameters(String feed) {
        @Nullable FeedRoute route = current.feeds().get(feed);
        return route == null ? List.of() : route.parameters();
    }

    private Optional<S3ObjectsConsumer> consumer(String feed) {
        return consumers()
                .filter(consumer -> consumer.getRouteId().equals(feed))
                .findFirst();
    }

    private Stream<S3ObjectsConsumer> consumers() {
        // There is none before the start.
        CamelContext camel = main.getCamelContext();
        return camel == null
                ? Stream.empty()
                : camel.getRoutes().stream()
                        .map(Route::getConsumer)
                        .filter(S3ObjectsConsumer.class::isInstance)
                        .map(S3ObjectsConsumer.class::cast)
                        .sorted(Comparator.comparing(S3ObjectsConsumer::getRouteId));
    }

    /** Returns how a feed gets on. */
    public FeedStatus status(String feed) {
        return consumer(context().getRoute(feed)).status();
    }

    private static S3ObjectsConsumer consumer(Route route) {
        return (S3ObjectsConsumer) route.getConsumer();
    }

    private CamelContext context() {
        return main.getCamelContext();
    }

    private static CaravanException unusable(Exception failure) {
        CaravanException known = CamelFailures.find(failure);
        return known != null
                ? known
                : new InvalidConfigurationException(
                        ErrorCode.ROUTE_FILE, "The routes cannot start: " + CamelMessages.explain(failure), failure);
    }

    /** The process is told to stop, or the routes have been closed. */
    private void stop() {
        if (!stopping) {
            log.info("Told to stop: a load in flight may finish, no other begins");
            close();
        }
    }

    @Override
    public void close() {
        stopping = true;
        main.stop();
    }
}
