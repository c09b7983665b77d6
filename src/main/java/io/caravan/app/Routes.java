package io.caravan.app;

import io.caravan.route.S3ObjectsConsumer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.camel.CamelContext;
import org.apache.camel.Route;
import org.apache.camel.main.Main;

/** Camel, with every route file of a directory loaded. */
final class Routes implements AutoCloseable {

    /** What Camel does by itself and Caravan must not have; settings of the user's own come after them. */
    private static final Map<String, String> DEFAULTS = Map.of(
            "camel.main.name", "caravan",
            // Would copy objects into the heap.
            "camel.main.streamCachingEnabled", "false",
            // A load in flight finishes first; what is longer is rolled back and loads again after the next start.
            "camel.main.shutdownTimeout", "300",
            "camel.main.jmxEnabled", "false",
            "camel.main.startupSummaryLevel", "Oneline");

    private final Main main = new Main();

    /**
     * Prepares Camel.
     *
     * @param properties Camel's own, and those that route files name in placeholders
     * @param beans what route files name, by name
     */
    Routes(Path directory, Map<String, String> properties, Map<String, Object> beans) {
        Properties initial = new Properties();
        initial.putAll(DEFAULTS);
        initial.putAll(properties);
        main.setDefaultPropertyPlaceholderLocation("false");
        main.setInitialProperties(initial);
        main.configure().withRoutesIncludePattern("file:" + directory.toAbsolutePath() + "/*.y*ml");
        beans.forEach(main::bind);
    }

    /** Starts the routes. */
    void start() throws Exception {
        main.start();
    }

    /** Starts the routes, and returns when the process is told to stop and they have ended. */
    int run() throws Exception {
        main.run();
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

    /** Loads all that is new for one feed. */
    void pass(String feed) throws Exception {
        ((S3ObjectsConsumer) context().getRoute(feed).getConsumer()).pass();
    }

    CamelContext context() {
        return main.getCamelContext();
    }

    @Override
    public void close() {
        main.stop();
    }
}
