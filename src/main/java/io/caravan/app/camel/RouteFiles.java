package io.caravan.app.camel;

import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toMap;

import io.caravan.app.catalog.CatalogFeed;
import io.caravan.app.catalog.CatalogSource;
import io.caravan.app.settings.Settings;
import io.caravan.app.text.NearestName;
import io.caravan.aws.AwsPlace;
import io.caravan.base.CaravanException;
import io.caravan.base.ErrorCode;
import io.caravan.base.InvalidConfigurationException;
import io.caravan.model.catalog.CatalogName;
import io.caravan.model.feed.Feed;
import io.caravan.model.feed.NotificationQueue;
import io.caravan.model.feed.StoreAccess;
import io.caravan.model.mask.MaskKey;
import io.caravan.route.parameter.FeedParameters;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.model.RouteTemplateDefinition;
import org.apache.camel.model.RouteTemplateParameterDefinition;
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
    private final boolean copies;
    private final boolean onlyFeeds;
    private final AwsPlace aws;
    private final List<URI> endpoints;
    private final @Nullable MaskKey maskKey;
    private final CatalogSource catalog;
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
     * @param copies whether the settings say how rows are staged by COPY
     * @param onlyFeeds whether nothing but feeds of the shipped template is taken from them
     * @param aws where queues may be
     * @param endpoints those of S3 that feeds may name besides AWS's own
     * @param maskKey the key of hashes that stand for values; null if there is none
     * @param catalog is asked for the tables that feeds name, and closed when all are read
     */
    private RouteFiles(
            RouteSnapshot snapshot,
            Map<String, String> properties,
            boolean copies,
            boolean onlyFeeds,
            AwsPlace aws,
            List<URI> endpoints,
            @Nullable MaskKey maskKey,
            CatalogSource catalog) {
        this.snapshot = snapshot;
        this.properties = properties;
        this.copies = copies;
        this.onlyFeeds = onlyFeeds;
        this.aws = aws;
        this.endpoints = endpoints;
        this.maskKey = maskKey;
        this.catalog = catalog;
    }

    /** Takes whatever the files bring, wherever AWS may be, which is not asked. */
    public RouteFiles(RouteSnapshot snapshot, Map<String, String> properties, boolean copies) {
        this(snapshot, properties, copies, false, AwsPlace.UNKNOWN, List.of(), null, CatalogSource.offline());
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
                settings.staging().isPresent(),
                settings.routes().onlyFeeds(),
                AwsPlace.ofProcess(),
                settings.store().endpoints(),
                settings.masks().key(),
                catalog);
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
        Map<String, RouteTemplateParameterDefinition> known = template.getTemplateParameters().stream()
                .collect(toMap(RouteTemplateParameterDefinition::getName, parameter -> parameter, (a, b) -> a));
        Map<String, String> own = given(route);
        Map<String, String> written = Map.copyOf(own);
        boolean namesTable = own.containsKey(CatalogFeed.TABLE);
        int before = problems.size();
        checkKnown(file, route.getRouteId(), known, own.keySet());
        if (!namesTable) {
            checkRequired(file, route.getRouteId(), known, own);
        }
        if (problems.size() > before || !known.keySet().containsAll(Set.of("table", "keys"))) {
            return;
        }
        known.forEach((name, parameter) -> {
            if (parameter.getDefaultValue() != null && !namesTable) {
                own.putIfAbsent(name, parameter.getDefaultValue());
            }
        });
        fillPlaceholders(context, file, route.getRouteId(), own);
        if (problems.size() > before) {
            return;
        }
        @Nullable CatalogFeed ofCatalog = ofCatalog(file, route.getRouteId(), own);
        Map<String, String> given = ofCatalog == null ? own : ofCatalog.with(own);
        if (namesTable && problems.size() == before) {
            checkRequired(file, route.getRouteId(), known, given);
        }
        if (problems.size() > before) {
            return;
        }
        if (namesTable) {
            addDefaults(context, file, route.getRouteId(), known, given);
        }
        parameters.put(route.getRouteId(), FeedParameter.of(written, known, given));
        // What is checked here is what runs.
        route.setParameters(given.entrySet().stream()
                .map(parameter -> new TemplatedRouteParameterDefinition(parameter.getKey(), parameter.getValue()))
                .toList());
        try {
            FeedParameters parameters = new FeedParameters(route.getRouteId(), given, maskKey);
            FeedFile feed = new FeedFile(
                    file,
                    parameters.feed(),
                    parameters.queue().orElse(null),
                    parameters.retries(),
                    ofCatalog == null ? null : new FeedCatalog(ofCatalog, ofCatalog.text(own)),
                    parameters.publishTo().orElse(null));
            checkPlace(feed);
            checkQueue(feed, feeds);
            checkStaging(feed);
            checkFolders(feed);
            checkMasks(feed);
            if (problems.size() == before) {
                feeds.add(feed);
            }
        } catch (InvalidConfigurationException e) {
            problem(file, route.getRouteId(), e.code(), e.getMessage());
        } catch (RuntimeException e) {
            problem(file, route.getRouteId(), ErrorCode.ROUTE_FILE, CamelMessages.explain(e));
        }
    }

    /** What the table of the Data Catalog says is no text with placeholders, and comes before what the template says. */
    private void addDefaults(
            DefaultCamelContext context,
            String file,
            String routeId,
            Map<String, RouteTemplateParameterDefinition> known,
            Map<String, String> given) {
        Map<String, String> defaults = new HashMap<>();
        known.forEach((name, parameter) -> {
            if (parameter.getDefaultValue() != null && !given.containsKey(name)) {
                defaults.put(name, parameter.getDefaultValue());
            }
        });
        fillPlaceholders(context, file, routeId, defaults);
        given.putAll(defaults);
    }

    private void fillPlaceholders(
            DefaultCamelContext context, String file, String routeId, Map<String, String> parameters) {
        Placeholders placeholders = new Placeholders(context, properties, onlyFeeds);
        parameters.replaceAll((name, value) -> {
            try {
                return placeholders.fill(value);
            } catch (IllegalArgumentException e) {
                problem(
                        file,
                        routeId,
                        ErrorCode.FEED_INVALID,
                        "feed " + routeId + ": '" + name + "' " + e.getMessage());
                return value;
            }
        });
    }

    /** Returns what the table of the Data Catalog says that a feed names; null if it names none. */
    private @Nullable CatalogFeed ofCatalog(String file, String routeId, Map<String, String> own) {
        String named = own.getOrDefault(CatalogFeed.TABLE, "");
        if (named.isBlank()) {
            return null;
        }
        String what = "feed " + routeId + ": '" + CatalogFeed.TABLE + "' is '" + named + "': ";
        try {
            return catalog.feed(CatalogName.parse(named));
        } catch (IllegalArgumentException e) {
            problem(file, routeId, ErrorCode.FEED_INVALID, what + e.getMessage());
        } catch (CaravanException e) {
            problem(file, routeId, e.code(), what + e.getMessage());
        }
        return null;
    }

    private void checkPlace(FeedFile feed) {
        @Nullable NotificationQueue queue = feed.queue();
        StoreAccess access = feed.feed().access();
        if (queue != null) {
            aws.objection(queue, access.region()).ifPresent(objection -> placeProblem(feed, "queue", queue, objection));
        }
        @Nullable URI endpoint = access.endpoint();
        if (endpoint != null) {
            aws.objection(endpoint, endpoints)
                    .ifPresent(objection -> placeProblem(feed, "endpoint", endpoint, objection));
        }
    }

    private void placeProblem(FeedFile feed, String parameter, Object value, String objection) {
        problem(
                feed.file(),
                feed.feed().name(),
                ErrorCode.FEED_INVALID,
                "feed " + feed.feed().name() + ": '" + parameter + "' is " + value + ", which " + objection);
    }

    private void checkMasks(FeedFile file) {
        if (file.feed().columns().masks().lackKey()) {
            problem(
                    file.file(),
                    file.feed().name(),
                    ErrorCode.SETTING_MISSING,
                    "feed " + file.feed().name() + " masks by hmac, which needs a key; set caravan.mask.key-file, or"
                            + " caravan.mask.key-secret, or caravan.mask.key");
        }
    }

    /** An object that is moved is a new object to whoever takes what is there. */
    private void checkFolders(FeedFile file) {
        Feed feed = file.feed();
        moveInto(feed, feed)
                .ifPresent(folder -> problem(
                        file.file(),
                        feed.name(),
                        ErrorCode.FEED_INVALID,
                        "feed " + feed.name() + " would move objects into its own folder '" + folder
                                + "', from which it takes them again; name another one, or leave it out by 'exclude'"));
        for (FeedFile other : feeds) {
            moveInto(feed, other.feed())
                    .or(() -> moveInto(other.feed(), feed))
                    .ifPresent(folder -> problem(
                            file.file(),
                            feed.name(),
                            ErrorCode.FEED_INVALID,
                            "feed " + feed.name() + " and feed " + other.feed().name() + " in " + other.file()
                                    + ": one would move objects to '" + folder
                                    + "', from which the other takes them as new ones; name another folder, or leave it out"
                                    + " by 'exclude'"));
        }
    }

    /** Returns a folder into which a feed moves objects that another one may take; empty if there is none. */
    private static Optional<String> moveInto(Feed mover, Feed taker) {
        return mover.objects().afterLoad().folders().stream()
                .filter(folder -> mover.prefixes().stream()
                        .anyMatch(prefix -> taker.mayTakeBehind(mover.bucket(), folder + prefix)))
                .findFirst();
    }

    /** A message reaches one of its readers only. */
    private void checkQueue(FeedFile feed, List<FeedFile> others) {
        NotificationQueue queue = feed.queue();
        others.stream()
                .filter(other -> queue != null && other.queue() != null && queue.mayBe(other.queue()))
                .findFirst()
                .ifPresent(other -> problem(
                        feed.file(),
                        feed.feed().name(),
                        ErrorCode.FEED_INVALID,
                        "feed " + feed.feed().name() + " has the queue " + queue + ", which is feed "
                                + other.feed().name() + "'s in " + other.file()
                                + ", and a message reaches only one of them; give each feed a queue of its own"));
    }

    private void checkStaging(FeedFile file) {
        if (!copies && file.feed().needsCopy()) {
            problem(
                    file.file(),
                    file.feed().name(),
                    ErrorCode.SETTING_MISSING,
                    "feed " + file.feed().name() + " has "
                            + (file.feed().stagesDirectly() ? "'staging: direct'" : "'rememberRows'")
                            + ", for which rows must be staged by COPY; set caravan.staging.bucket,"
                            + " caravan.staging.prefix and caravan.staging.iam-role, or leave it out");
        }
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

    private void checkKnown(
            String file, String routeId, Map<String, RouteTemplateParameterDefinition> known, Set<String> given) {
        for (String name : given) {
            if (!known.containsKey(name)) {
                problem(
                        file,
                        routeId,
                        ErrorCode.FEED_INVALID,
                        "feed " + routeId + " has a parameter '" + name + "' that its template does not know"
                                + NearestName.to(name, known.keySet())
                                        .map(nearest -> "; is it '" + nearest + "'?")
                                        .orElse(""));
            }
        }
    }

    private void checkRequired(
            String file,
            String routeId,
            Map<String, RouteTemplateParameterDefinition> known,
            Map<String, String> given) {
        known.forEach((name, parameter) -> {
            if (parameter.isRequired() && !given.containsKey(name)) {
                problem(
                        file,
                        routeId,
                        ErrorCode.FEED_INVALID,
                        "feed " + routeId + " lacks the parameter '" + name + "'");
            }
        });
    }

    private void problem(String file, String feed, ErrorCode code, String message) {
        problems.add(RouteProblem.ofFeed(file, feed, code, message));
    }
}
