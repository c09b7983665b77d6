package io.caravan.app;

import static java.util.stream.Collectors.toMap;

import io.caravan.base.ErrorCode;
import io.caravan.base.InvalidConfigurationException;
import io.caravan.model.NotificationQueue;
import io.caravan.route.FeedParameters;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.camel.RoutesBuilder;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.model.RouteTemplateDefinition;
import org.apache.camel.model.RouteTemplateParameterDefinition;
import org.apache.camel.model.TemplatedRouteDefinition;
import org.apache.camel.model.TemplatedRouteParameterDefinition;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.jspecify.annotations.Nullable;

/**
 * Reads a directory of route files without starting anything, and says all that is wrong with them. Camel itself would take
 * a parameter that no template has, and would tell of one problem at a time.
 */
final class RouteFiles {

    private static final List<String> ENDINGS = List.of(".yaml", ".yml");

    private final Path directory;
    private final Map<String, String> properties;
    private final List<String> problems = new ArrayList<>();
    private final Map<String, RouteBuilder> builders = new TreeMap<>();
    private final Map<String, RouteTemplateDefinition> templates = new HashMap<>();
    private final Map<String, String> fileOfRoute = new HashMap<>();

    private @Nullable ErrorCode firstCode;

    /**
     * Looks at a directory.
     *
     * @param properties for the placeholders in route files, besides the environment
     */
    RouteFiles(Path directory, Map<String, String> properties) {
        this.directory = directory;
        this.properties = properties;
    }

    /**
     * Returns the feeds: the routes whose template has the parameters {@code table} and {@code keys}.
     *
     * @throws InvalidConfigurationException listing every problem of every file
     */
    List<FeedFile> feeds() {
        try (DefaultCamelContext context = scratchContext()) {
            parse(context);
            builders.forEach(this::collectTemplates);
            List<FeedFile> feeds = new ArrayList<>();
            builders.forEach((file, builder) -> collectRoutes(context, file, builder, feeds));
            if (firstCode != null) {
                throw new InvalidConfigurationException(firstCode, String.join("\n", problems));
            }
            return feeds;
        } catch (IOException e) {
            throw new InvalidConfigurationException(
                    ErrorCode.ROUTE_FILE, "Could not read the routes directory " + directory, e);
        }
    }

    private DefaultCamelContext scratchContext() {
        DefaultCamelContext context = new DefaultCamelContext(false);
        context.disableJMX();
        Properties initial = new Properties();
        initial.putAll(properties);
        context.getPropertiesComponent().setInitialProperties(initial);
        context.build();
        return context;
    }

    /** Returns the route files of a directory, by name; what begins with a dot belongs to Kubernetes or to an editor. */
    static List<Path> list(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> {
                        String name = file.getFileName().toString();
                        return !name.startsWith(".") && ENDINGS.stream().anyMatch(name::endsWith);
                    })
                    .sorted()
                    .toList();
        }
    }

    private void parse(DefaultCamelContext context) throws IOException {
        for (Path file : list(directory)) {
            String name = file.getFileName().toString();
            try {
                Collection<RoutesBuilder> found = PluginHelper.getRoutesLoader(context)
                        .findRoutesBuilders(ResourceHelper.fromBytes(name, Files.readAllBytes(file)));
                for (RoutesBuilder builder : found) {
                    RouteBuilder routes = (RouteBuilder) builder;
                    routes.setCamelContext(context);
                    routes.configure();
                    builders.put(name, routes);
                }
            } catch (Exception e) {
                problem(ErrorCode.ROUTE_FILE, name + ": " + CamelMessages.explain(e));
            }
        }
        if (builders.isEmpty() && problems.isEmpty()) {
            problem(ErrorCode.ROUTE_FILE, directory + " holds no route file; a feed is a file *.camel.yaml in it");
        }
    }

    private void collectTemplates(String file, RouteBuilder builder) {
        for (RouteTemplateDefinition template :
                builder.getRouteTemplateCollection().getRouteTemplates()) {
            if (templates.putIfAbsent(template.getId(), template) != null) {
                problem(ErrorCode.ROUTE_FILE, file + ": route template '" + template.getId() + "' stands twice");
            }
        }
    }

    private void collectRoutes(DefaultCamelContext context, String file, RouteBuilder builder, List<FeedFile> feeds) {
        for (RouteDefinition route : builder.getRouteCollection().getRoutes()) {
            name(file, route.getRouteId());
        }
        for (TemplatedRouteDefinition route :
                builder.getTemplatedRouteCollection().getTemplatedRoutes()) {
            if (name(file, route.getRouteId())) {
                feed(context, file, route, feeds);
            }
        }
    }

    /** A feed's name is in the ledger, so it must be given, and be unique. */
    private boolean name(String file, @Nullable String routeId) {
        if (routeId == null || routeId.isBlank()) {
            problem(ErrorCode.FEED_INVALID, file + ": a route has no routeId; it is the feed's name");
            return false;
        }
        String other = fileOfRoute.putIfAbsent(routeId, file);
        if (other != null) {
            problem(
                    ErrorCode.FEED_NAME_REPEATED,
                    file + ": the feed name '" + routeId + "' is already taken in " + other
                            + "; give one of them another routeId");
        }
        return other == null;
    }

    private void feed(DefaultCamelContext context, String file, TemplatedRouteDefinition route, List<FeedFile> feeds) {
        RouteTemplateDefinition template = templates.get(route.getRouteTemplateRef());
        if (template == null) {
            problem(
                    ErrorCode.ROUTE_FILE,
                    file + ": there is no route template '" + route.getRouteTemplateRef() + "'; there is "
                            + templates.keySet().stream().sorted().toList());
            return;
        }
        Map<String, RouteTemplateParameterDefinition> known = template.getTemplateParameters().stream()
                .collect(toMap(RouteTemplateParameterDefinition::getName, parameter -> parameter, (a, b) -> a));
        Map<String, String> given = given(route);
        int before = problems.size();
        checkNames(file, route.getRouteId(), known, given.keySet());
        if (problems.size() > before || !known.keySet().containsAll(Set.of("table", "keys"))) {
            return;
        }
        known.forEach((name, parameter) -> {
            if (parameter.getDefaultValue() != null) {
                given.putIfAbsent(name, parameter.getDefaultValue());
            }
        });
        try {
            given.replaceAll((name, value) -> context.resolvePropertyPlaceholders(value));
            FeedParameters parameters = new FeedParameters(route.getRouteId(), given);
            FeedFile feed =
                    new FeedFile(file, parameters.feed(), parameters.queue().orElse(null));
            checkQueue(feed, feeds);
            feeds.add(feed);
        } catch (InvalidConfigurationException e) {
            problem(e.code(), file + ": " + e.getMessage());
        } catch (RuntimeException e) {
            problem(ErrorCode.ROUTE_FILE, file + ": " + CamelMessages.explain(e));
        }
    }

    /** A message reaches one of its readers only. */
    private void checkQueue(FeedFile feed, List<FeedFile> others) {
        NotificationQueue queue = feed.queue();
        others.stream()
                .filter(other -> queue != null && other.queue() != null && queue.mayBe(other.queue()))
                .findFirst()
                .ifPresent(other -> problem(
                        ErrorCode.FEED_INVALID,
                        feed.file() + ": feed " + feed.feed().name() + " has the queue " + queue + ", which is feed "
                                + other.feed().name() + "'s in " + other.file()
                                + ", and a message reaches only one of them; give each feed a queue of its own"));
    }

    private static Map<String, String> given(TemplatedRouteDefinition route) {
        Map<String, String> given = new LinkedHashMap<>();
        if (route.getParameters() != null) {
            for (TemplatedRouteParameterDefinition parameter : route.getParameters()) {
                given.put(parameter.getName(), parameter.getValue() == null ? "" : parameter.getValue());
            }
        }
        return given;
    }

    private void checkNames(
            String file, String routeId, Map<String, RouteTemplateParameterDefinition> known, Set<String> given) {
        for (String name : given) {
            if (!known.containsKey(name)) {
                problem(
                        ErrorCode.FEED_INVALID,
                        file + ": feed " + routeId + " has a parameter '" + name + "' that its template does not know"
                                + Nearest.to(name, known.keySet())
                                        .map(nearest -> "; is it '" + nearest + "'?")
                                        .orElse(""));
            }
        }
        known.forEach((name, parameter) -> {
            if (parameter.isRequired() && !given.contains(name)) {
                problem(ErrorCode.FEED_INVALID, file + ": feed " + routeId + " lacks the parameter '" + name + "'");
            }
        });
    }

    private void problem(ErrorCode code, String message) {
        if (firstCode == null) {
            firstCode = code;
        }
        problems.add(message);
    }
}
