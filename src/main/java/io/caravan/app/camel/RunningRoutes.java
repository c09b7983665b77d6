package io.caravan.app.camel;

import static java.util.Comparator.comparing;

import io.caravan.app.camel.RouteSet.LoadedFile;
import io.caravan.base.CaravanException;
import io.caravan.base.ErrorCode;
import io.caravan.route.CamelFailures;
import io.caravan.route.S3ObjectsConsumer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import org.apache.camel.CamelContext;
import org.apache.camel.Route;
import org.apache.camel.RoutesBuilder;
import org.apache.camel.model.ModelCamelContext;
import org.apache.camel.model.RouteConfigurationDefinition;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.model.RouteTemplateDefinition;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The routes in a Camel context, which become those of other route files while they run: what is the same in both goes on
 * without a pause. Camel's own reload loses routes ("intended for development purposes and not for production use", says <a
 * href="https://camel.apache.org/manual/route-reload.html">its manual</a>). Used by one thread at a time.
 */
final class RunningRoutes {

    private static final Logger log = LoggerFactory.getLogger(RunningRoutes.class);

    /** What Camel holds, or what of it a file has brought. */
    private record Definitions(
            List<RouteDefinition> routes,
            List<RouteTemplateDefinition> templates,
            List<RouteConfigurationDefinition> configurations) {

        Definitions without(Definitions others) {
            return new Definitions(
                    difference(routes, others.routes),
                    difference(templates, others.templates),
                    difference(configurations, others.configurations));
        }

        private static <T> List<T> difference(List<T> all, List<T> others) {
            return all.stream().filter(one -> !others.contains(one)).toList();
        }
    }

    private record Brought(LoadedFile file, Definitions definitions) {}

    private final ModelCamelContext context;
    private final Map<String, Brought> files = new HashMap<>();
    private final Map<String, FeedRoute> feeds = new HashMap<>();

    RunningRoutes(CamelContext context) {
        this.context = (ModelCamelContext) context;
    }

    /** Makes and starts a part of what route files say. */
    @FunctionalInterface
    private interface Part {
        void add() throws Exception;
    }

    /**
     * Begins with what is in the set, in a context that has started: what Camel cannot make or start is none of the others'
     * concern.
     *
     * @return what is wrong with the rest
     */
    List<RouteProblem> begin(RouteSet target) {
        List<RouteProblem> problems = new ArrayList<>();
        for (LoadedFile file : sharedFirst(target)) {
            attempt(
                    () -> addFile(file),
                    (code, message) -> problems.add(RouteProblem.ofFile(file.name(), code, message)));
        }
        target.feeds()
                .forEach((name, feed) -> attempt(
                        () -> addFeed(name, feed),
                        (code, message) -> problems.add(RouteProblem.ofFeed(feed.file(), name, code, message))));
        return problems;
    }

    private void attempt(Part part, BiConsumer<ErrorCode, String> failure) {
        if (!context.isStarted()) {
            // The process ends.
            return;
        }
        try {
            part.add();
        } catch (Exception e) {
            @Nullable CaravanException known = CamelFailures.find(e);
            if (known != null) {
                failure.accept(known.code(), known.getMessage());
            } else {
                failure.accept(ErrorCode.ROUTE_FILE, CamelMessages.explain(e));
            }
        }
    }

    /** What others depend on, first. */
    private static List<LoadedFile> sharedFirst(RouteSet target) {
        List<LoadedFile> files = new ArrayList<>(target.files().values());
        files.sort(comparing(file -> !file.isShared()));
        return files;
    }

    /**
     * Removes what is not in the set, restarts what differs, adds what is new. A load in flight finishes first. What has been
     * done when it fails stays done: becoming another set, or the one before, goes on from there.
     *
     * @throws Exception what Camel threw when it could not make, start or stop a route
     */
    void become(RouteSet target) throws Exception {
        boolean hasStarted = context.isStarted();
        for (String name : Set.copyOf(feeds.keySet())) {
            if (!target.feeds().containsKey(name)) {
                removeFeed(name);
                log.info("Feed {} is removed", name);
            }
        }
        for (Brought brought : List.copyOf(files.values())) {
            if (!brought.file().equals(target.files().get(brought.file().name()))) {
                removeFile(brought);
            }
        }
        for (LoadedFile file : sharedFirst(target)) {
            if (!files.containsKey(file.name())) {
                addFile(file);
            }
        }
        List<Map.Entry<String, FeedRoute>> routes =
                new ArrayList<>(target.feeds().entrySet());
        // Those that need not be waited for, first.
        routes.sort(comparing(route -> isLoading(route.getKey())));
        for (Map.Entry<String, FeedRoute> route : routes) {
            if (hasStarted && !context.isStarted()) {
                // The process ends.
                return;
            }
            replaceFeed(route.getKey(), route.getValue());
        }
    }

    private void replaceFeed(String name, FeedRoute feed) throws Exception {
        if (feed.equals(feeds.get(name))) {
            return;
        }
        boolean isKnown = feeds.containsKey(name);
        if (isKnown) {
            log.info("Restarting feed {}: a load in flight finishes first", name);
            removeFeed(name);
        }
        addFeed(name, feed);
        if (context.isStarted()) {
            log.info("Feed {} is {}", name, isKnown ? "changed" : "added");
        }
    }

    private void addFeed(String name, FeedRoute feed) throws Exception {
        try {
            context.addRouteFromTemplatedRoute(feed.definition());
        } catch (Exception e) {
            removeRoute(name);
            throw e;
        }
        feeds.put(name, feed);
    }

    private void removeFeed(String name) throws Exception {
        @Nullable S3ObjectsConsumer consumer = consumer(name);
        if (consumer != null) {
            consumer.finish();
        }
        removeRoute(name);
        feeds.remove(name);
    }

    private void addFile(LoadedFile file) throws Exception {
        Definitions before = definitions();
        try {
            for (RoutesBuilder builder : PluginHelper.getRoutesLoader(context)
                    .findRoutesBuilders(ResourceHelper.fromString(file.name(), file.text()))) {
                context.addRoutes(builder);
            }
        } catch (Exception e) {
            remove(definitions().without(before));
            throw e;
        }
        files.put(file.name(), new Brought(file, definitions().without(before)));
    }

    private void removeFile(Brought brought) throws Exception {
        remove(brought.definitions());
        files.remove(brought.file().name());
    }

    private void remove(Definitions gone) throws Exception {
        for (RouteDefinition route : gone.routes()) {
            removeRoute(route.getRouteId());
        }
        context.removeRouteTemplateDefinitions(gone.templates());
        for (RouteConfigurationDefinition configuration : gone.configurations()) {
            context.removeRouteConfiguration(configuration);
        }
    }

    private void removeRoute(String id) throws Exception {
        context.getRouteController().stopRoute(id);
        context.removeRoute(id);
        @Nullable RouteDefinition definition = context.getRouteDefinition(id);
        if (definition != null) {
            // Of a route that could not be made.
            context.removeRouteDefinition(definition);
        }
    }

    private boolean isLoading(String name) {
        @Nullable S3ObjectsConsumer consumer = consumer(name);
        return consumer != null && consumer.getPendingExchangesSize() > 0;
    }

    private @Nullable S3ObjectsConsumer consumer(String name) {
        @Nullable Route route = context.getRoute(name);
        return route != null && route.getConsumer() instanceof S3ObjectsConsumer consumer ? consumer : null;
    }

    private Definitions definitions() {
        return new Definitions(
                List.copyOf(context.getRouteDefinitions()),
                List.copyOf(context.getRouteTemplateDefinitions()),
                List.copyOf(context.getRouteConfigurationDefinitions()));
    }
}
