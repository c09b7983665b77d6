package io.caravan.app;

import io.caravan.base.CaravanException;
import io.caravan.base.ErrorCode;
import io.caravan.base.InvalidConfigurationException;
import io.caravan.load.LoadResult;
import io.caravan.load.Replay;
import io.caravan.model.FeedStatus;
import io.caravan.route.S3ObjectsConsumer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.camel.CamelContext;
import org.apache.camel.Route;
import org.apache.camel.main.Main;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Camel, with every route file of a directory loaded. */
final class Routes implements AutoCloseable {

    /** What Camel does by itself and Caravan must not have; settings of the user's own come after them. */
    static final Map<String, String> DEFAULTS = Map.of(
            "camel.main.name", "caravan",
            // Would copy objects into the heap.
            "camel.main.streamCachingEnabled", "false",
            // A load in flight finishes first; what is longer is rolled back and loads again after the next start.
            "camel.main.shutdownTimeout", "300",
            "camel.main.jmxEnabled", "false",
            "camel.main.startupSummaryLevel", "Oneline");

    private static final Logger log = LoggerFactory.getLogger(Routes.class);

    private final Main main = new Main();
    private volatile boolean stopping;

    /**
     * Prepares Camel.
     *
     * @param properties Camel's own, and those that route files name in placeholders
     */
    Routes(Path directory, Map<String, String> properties) {
        Properties initial = new Properties();
        initial.putAll(DEFAULTS);
        initial.putAll(properties);
        main.setDefaultPropertyPlaceholderLocation("false");
        main.setInitialProperties(initial);
        main.getShutdownStrategy().addShutdownListener(this::stop);
        main.configure().withRoutesIncludePattern("file:" + directory.toAbsolutePath() + "/*.y*ml");
    }

    /** Gives a bean the name by which route files call it. */
    void bind(String name, Object bean) {
        main.bind(name, bean);
    }

    /**
     * Starts the routes.
     *
     * @throws InvalidConfigurationException if Camel cannot make a route of what a file says
     */
    void start() {
        try {
            main.start();
        } catch (Exception e) {
            throw unusable(e);
        }
    }

    /** Starts the routes, and returns when the process is told to stop and they have ended. */
    int run() {
        try {
            main.run();
        } catch (Exception e) {
            throw unusable(e);
        }
        return main.getExitCode();
    }

    /** Returns the names of the feeds. */
    List<String> feeds() {
        return context().getRoutes().stream()
                .filter(route -> route.getConsumer() instanceof S3ObjectsConsumer)
                .map(Route::getRouteId)
                .sorted()
                .toList();
    }

    /** Loads all that is new for one feed; stops when the load in flight has ended, if the process is told to stop. */
    void pass(String feed) {
        @Nullable Route route = context().getRoute(feed);
        if (!stopping && route != null) {
            consumer(route).pass();
        }
    }

    /** Brings dead letters through their feed again, in one try. */
    LoadResult replay(String feed, Replay replay) {
        return consumer(context().getRoute(feed)).replay(replay);
    }

    /** Returns how a feed gets on. */
    FeedStatus status(String feed) {
        return consumer(context().getRoute(feed)).status();
    }

    private static S3ObjectsConsumer consumer(Route route) {
        return (S3ObjectsConsumer) route.getConsumer();
    }

    private CamelContext context() {
        return main.getCamelContext();
    }

    private static CaravanException unusable(Exception failure) {
        CaravanException known = io.caravan.route.Failures.find(failure);
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
