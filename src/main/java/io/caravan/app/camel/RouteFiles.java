package io.caravan.app.camel;

import static java.util.stream.Collectors.joining;

import io.caravan.app.catalog.CatalogSource;
import io.caravan.app.settings.Settings;
import io.caravan.aws.AwsPlace;
import io.caravan.base.CaravanException;
import io.caravan.base.ErrorCode;
import io.caravan.base.InvalidConfigurationException;
import io.caravan.model.mask.MaskKey;
import io.caravan.route.parameter.FeedParameters;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.model.RouteTemplateDefinition;
import org.apache.camel.model.TemplatedRouteDefinition;
import org.apache.camel.model.TemplatedRouteParameterDefinition;
import org.jspecify.annotations.Nullable;

/**
 * Says what route files mean without starting anything, and all that is wrong with them. Camel itself would take a parameter
 * that no template has, and would tell of one problem at a time.
 */
public final class RouteFiles {

    private final RouteSnapshot snapshot;
    private final Map<String, String> properties;
    private final boolean onlyFeeds;
    private final @Nullable MaskKey maskKey;
    private final CatalogSource catalog;
    private final FeedChecks checks;
    private final List<RouteProblem> problems = new ArrayList<>();
    private final List<RouteFile> files = new ArrayList<>();
    private final Map<String, RouteTemplateDefinition> templates = new HashMap<>();
    private final Map<String, String> fileOfTemplate = new HashMap<>();
    private final Map<String, String> fileOfRoute = new HashMap<>();

    /** What is in force of each feed, for people. */
    private final Map<String, List<FeedParameter>> parameters = new HashMap<>();

    private final List<FeedFile> feeds = new ArrayList<>();

    /** What is wrong with files of which nothing can be used. */
    private final Map<String, RouteProblem> wrongFiles = new HashMap<>();

    private final Set<TemplatedRouteDefinition> wrongFeeds = Collections.newSetFromMap(new IdentityHashMap<>());

    /**
     * Looks at files.
     *
     * @param properties for the placeholders in route files, besides the environment
     * @param onlyFeeds whether nothing but feeds of the shipped template is taken from them
     * @param maskKey the key of hashes that stand for values; null if there is none
     * @param catalog is asked for the tables that feeds name, and closed when all are read
     * @param checks hold feeds against the settings and each other
     */
    private RouteFiles(
            RouteSnapshot snapshot,
            Map<String, String> properties,
            boolean onlyFeeds,
            @Nullable MaskKey maskKey,
            CatalogSource catalog,
            FeedChecks checks) {
        this.snapshot = snapshot;
        this.properties = properties;
        this.onlyFeeds = onlyFeeds;
        this.maskKey = maskKey;
        this.catalog = catalog;
        this.checks = checks;
    }

    /**
     * Takes whatever the files bring, wherever AWS may be, which is not asked.
     *
     * @param copies whether the settings say how rows are staged by COPY
     */
    public RouteFiles(RouteSnapshot snapshot, Map<String, String> properties, boolean copies) {
        this(
                snapshot,
                properties,
                false,
                null,
                CatalogSource.offline(),
                new FeedChecks(copies, AwsPlace.UNKNOWN, List.of()));
    }

    /**
     * Looks at the files of directories, as the settings say.
     *
     * @param catalog is asked for the tables that feeds name, and closed when all are read
     */
    public static RouteFiles of(RouteSnapshot snapshot, Settings settings, CatalogSource catalog) {
        return new RouteFiles(
                snapshot,
                settings.camel(),
                settings.routes().onlyFeeds(),
                settings.masks().key(),
                catalog,
                FeedChecks.of(settings));
    }

    /**
     * Returns what the files say. Its feeds are the routes whose template has the parameters {@code table} and {@code keys}.
     *
     * @throws CaravanException listing every problem of every file
     */
    public RouteSet read() {
        RouteSet set = look();
        if (!set.problems().isEmpty()) {
            throw RouteProblem.exception(set.problems());
        }
        return set;
    }

    /**
     * Returns what the files say as far as it holds, and what is wrong with the rest: one wrong file or feed is none of the
     * others' concern.
     *
     * @throws InvalidConfigurationException if there is no route file
     */
    public RouteSet look() {
        if (snapshot.isEmpty()) {
            throw new InvalidConfigurationException(
                    ErrorCode.ROUTE_FILE,
                    snapshot.directories().stream().map(Path::toString).collect(joining(" and "))
                            + (snapshot.directories().size() == 1 ? " holds" : " hold")
                            + " no route file; a feed is a file *.camel.yaml in it");
        }
        try (catalog;
                DefaultCamelContext context = scratchContext()) {
            parse(context);
            files.forEach(this::collectTemplates);
            files.forEach(this::collectNames);
            files.forEach(file -> collectFeeds(context, file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        files.removeIf(file -> wrongFiles.containsKey(file.name()));
        return RouteSet.of(snapshot, files, feed -> !wrongFeeds.contains(feed), feeds, parameters, problems);
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

    private void parse(DefaultCamelContext context) {
        snapshot.unreadable().forEach((name, reason) -> wrongFile(name, ErrorCode.ROUTE_FILE, reason, List.of()));
        snapshot.texts().forEach((name, text) -> {
            try {
                files.add(onlyFeeds ? RouteFile.parseFeeds(context, name, text) : RouteFile.parse(context, name, text));
            } catch (RefusedTextException e) {
                wrongFile(name, ErrorCode.ROUTE_FILE, String.valueOf(e.getMessage()), RouteFile.feedNames(text));
            } catch (Exception e) {
                wrongFile(name, ErrorCode.ROUTE_FILE, CamelMessages.explain(e), RouteFile.feedNames(text));
            }
        });
        if (onlyFeeds && !snapshot.texts().containsValue(ShippedTemplate.text())) {
            addShippedTemplate(context);
        }
    }

    private void addShippedTemplate(DefaultCamelContext context) {
        try {
            files.add(RouteFile.parse(context, ShippedTemplate.FILE, ShippedTemplate.text()));
        } catch (Exception e) {
            throw new IllegalStateException("The shipped template cannot be read", e);
        }
    }

    private void wrongFile(String file, ErrorCode code, String message, List<String> feedNames) {
        RouteProblem problem = RouteProblem.ofFile(file, code, message);
        wrongFiles.putIfAbsent(file, problem);
        if (feedNames.isEmpty()) {
            problems.add(problem);
        }
        feedNames.forEach(name -> problems.add(new RouteProblem(file, name, true, code, message)));
    }

    private void collectTemplates(RouteFile file) {
        for (RouteTemplateDefinition template : file.templates()) {
            if (templates.putIfAbsent(template.getId(), template) != null) {
                wrongFile(
                        file.name(),
                        ErrorCode.ROUTE_FILE,
                        "route template '" + template.getId() + "' stands twice",
                        List.of());
            } else {
                fileOfTemplate.put(template.getId(), file.name());
            }
            EarlierTemplate.problem(template)
                    .ifPresent(problem -> wrongFile(file.name(), ErrorCode.ROUTE_FILE, problem, List.of()));
        }
    }

    private void collectNames(RouteFile file) {
        for (RouteDefinition route : file.routes()) {
            nameProblem(file.name(), route.getRouteId())
                    .ifPresent(problem -> wrongFile(file.name(), problem.code(), problem.message(), List.of()));
        }
    }

    private void collectFeeds(DefaultCamelContext context, RouteFile file) {
        @Nullable RouteProblem ofFile = wrongFiles.get(file.name());
        for (TemplatedRouteDefinition route : file.feeds()) {
            int before = problems.size();
            Optional<RouteProblem> ofName = nameProblem(file.name(), route.getRouteId());
            if (ofName.isPresent()) {
                problems.add(ofName.get());
            } else if (ofFile != null) {
                problem(file.name(), route.getRouteId(), ofFile.code(), ofFile.message());
            } else {
                feed(context, file.name(), route);
            }
            if (problems.size() > before) {
                wrongFeeds.add(route);
            }
        }
    }

    /** A feed's name is in the ledger, so it must be given, and be unique. The first, by the files' names, has it. */
    private Optional<RouteProblem> nameProblem(String file, @Nullable String routeId) {
        if (routeId == null || routeId.isBlank()) {
            return Optional.of(RouteProblem.ofFeed(
                    file,
                    RouteFile.stem(file),
                    ErrorCode.FEED_INVALID,
                    "a route has no routeId; it is the feed's name"));
        }
        String other = fileOfRoute.putIfAbsent(routeId, file);
        return other == null
                ? Optional.empty()
                : Optional.of(RouteProblem.ofFeed(
                        file,
                        routeId,
                        ErrorCode.FEED_NAME_REPEATED,
                        "the feed name '" + routeId + "' is already taken in " + other
                                + "; give one of them another routeId"));
    }

    private void feed(DefaultCamelContext context, String file, TemplatedRouteDefinition route) {
        RouteTemplateDefinition template = templates.get(route.getRouteTemplateRef());
        if (template == null) {
            problem(
                    file,
                    route.getRouteId(),
                    ErrorCode.ROUTE_FILE,
                    "there is no route template '" + route.getRouteTemplateRef() + "'; there is "
                            + templates.keySet().stream().sorted().toList());
            return;
        }
        @Nullable RouteProblem ofTemplate = wrongFiles.get(fileOfTemplate.get(template.getId()));
        if (ofTemplate != null) {
            problem(ofTemplate.file(), route.getRouteId(), ofTemplate.code(), ofTemplate.message());
            return;
        }
        ParameterReading reading =
                new ParameterReading(file, route, template, new Placeholders(context, properties, onlyFeeds), catalog);
        Optional<ParametersInForce> inForce = reading.read();
        problems.addAll(reading.problems());
        inForce.ifPresent(found -> feed(file, route, found));
    }

    private void feed(String file, TemplatedRouteDefinition route, ParametersInForce found) {
        parameters.put(route.getRouteId(), found.shown());
        // What is checked here is what runs.
        route.setParameters(found.values().entrySet().stream()
                .map(parameter -> new TemplatedRouteParameterDefinition(parameter.getKey(), parameter.getValue()))
                .toList());
        try {
            FeedParameters parameters = new FeedParameters(route.getRouteId(), found.values(), maskKey);
            FeedFile feed = new FeedFile(
                    file,
                    parameters.feed(),
                    parameters.queue().orElse(null),
                    parameters.retries(),
                    found.catalog(),
                    parameters.publishTo().orElse(null));
            List<RouteProblem> wrong = checks.problems(feed, feeds);
            problems.addAll(wrong);
            if (wrong.isEmpty()) {
                feeds.add(feed);
            }
        } catch (InvalidConfigurationException e) {
            problem(file, route.getRouteId(), e.code(), e.getMessage());
        } catch (RuntimeException e) {
            problem(file, route.getRouteId(), ErrorCode.ROUTE_FILE, CamelMessages.explain(e));
        }
    }

    private void problem(String file, String feed, ErrorCode code, String message) {
        problems.add(RouteProblem.ofFeed(file, feed, code, message));
    }
}
