package io.caravan.app.action;

import static java.util.Comparator.comparing;
import static java.util.stream.Collectors.toSet;

import io.caravan.app.camel.FeedFile;
import io.caravan.app.camel.Feeds;
import io.caravan.app.camel.RouteProblem;
import io.caravan.app.camel.RouteSet;
import io.caravan.app.camel.Routes;
import io.caravan.app.check.OverlappingPrefixes;
import io.caravan.app.check.PatientVerification;
import io.caravan.app.check.PlainConnections;
import io.caravan.app.check.SharedTables;
import io.caravan.app.check.Verification;
import io.caravan.app.report.CheckResult;
import io.caravan.app.report.CheckResult.Verdict;
import io.caravan.app.report.LoadListeners;
import io.caravan.app.report.LoadLog;
import io.caravan.app.report.LoadRecorder;
import io.caravan.app.report.LoadReport;
import io.caravan.app.service.Housekeeping;
import io.caravan.app.service.Monitor;
import io.caravan.app.service.Reloader;
import io.caravan.app.service.Turns;
import io.caravan.app.settings.Settings;
import io.caravan.app.state.StateDirectory;
import io.caravan.app.wiring.Engine;
import io.caravan.aws.AwsPlace;
import io.caravan.aws.compression.NativeCompression;
import io.caravan.base.CaravanException;
import io.caravan.base.InvalidConfigurationException;
import io.caravan.load.remember.RememberedCheck;
import io.caravan.model.feed.Feed;
import io.caravan.spi.LoadListener;
import io.caravan.spi.ProcessDeaths;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the commands do, once they have read the settings. */
public final class UseCases {

    private static final Logger log = LoggerFactory.getLogger(UseCases.class);

    /** Data files of loads that vanished cost little; a LIST every hour costs less. */
    private static final Duration LEFTOVERS_PAUSE = Duration.ofHours(1);

    private UseCases() {}

    /** Serves until the process is told to stop. A feed that is wrong is stopped, and the others run. */
    public static int run(Settings settings) {
        log.info("Settings: {}", settings.effective());
        warnOfPlainConnections(settings);
        RouteSet set = Feeds.look(settings);
        List<FeedFile> feeds = set.checked();
        int sharing = set.feeds().size() + set.stopped().size();
        // First of all, so that the process is seen to live while it starts; and last, until the routes have stopped.
        try (StateDirectory state = StateDirectory.of(settings);
                Engine engine = new Engine(settings, sharing, deaths(state));
                Monitor monitor = new Monitor(settings.http(), engine)) {
            // What a feed alone needs, it looks at itself before its first load.
            Verification verification = new Verification(engine, false);
            if (!verification.checkWarehouse()) {
                verification.requireValidSettings();
                log.warn("The warehouse cannot be reached, the feeds wait for it: {}", verification.trouble());
            }
            warnOf(feeds);
            LoadListener listener = new LoadListeners(new LoadLog(monitor::fileOf), monitor.listener());
            try (Turns turns = new Turns(
                            engine.membership().orElse(null),
                            settings.service().replica(),
                            settings.warehouse().address());
                    Routes routes = engine.routes(set, listener, true, turns::isTurnOf);
                    Housekeeping leftovers =
                            new Housekeeping("leftovers", engine::deleteLeftovers, Duration.ZERO, LEFTOVERS_PAUSE);
                    Reloader reloader = new Reloader(settings, engine, routes, Clock.systemUTC())) {
                monitor.serve(routes, reloader::status);
                leftovers.start();
                reloader.start();
                turns.start(
                        () -> routes.isServing()
                                ? routes.feeds()
                                : feeds.stream().map(FeedFile::feed).toList(),
                        () -> routes.isServing() ? routes.loading() : List.of());
                log.info(
                        "Serving {} feeds with at most {} connections: {}",
                        feeds.size(),
                        engine.pool().max(),
                        Feeds.names(feeds));
                return routes.run();
            }
        }
    }

    private static ProcessDeaths deaths(@Nullable StateDirectory state) {
        return state == null ? ProcessDeaths.NONE : state;
    }

    private static void warnOf(List<FeedFile> feeds) {
        SharedTables.warnings(feeds).forEach(warning -> log.warn("Table {}: {}", warning.target(), warning.text()));
        OverlappingPrefixes.warnings(feeds).forEach(warning -> log.warn("Feed {}: {}", warning.feed(), warning.text()));
    }

    private static void warnOfPlainConnections(Settings settings) {
        PlainConnections.warnings(settings, AwsPlace.ofProcess()).forEach(log::warn);
    }

    /** Loads all that is new, once. A feed that is wrong counts as failed, and the others load. */
    public static LoadReport load(Settings settings, Set<String> names, LoadListener listener) {
        warnOfPlainConnections(settings);
        RouteSet set = Feeds.look(settings);
        Set<String> wrong = set.stopped().stream().map(RouteProblem::feed).collect(toSet());
        List<FeedFile> feeds = Feeds.choose(set.checked(), names, wrong);
        try (StateDirectory state = StateDirectory.of(settings);
                Engine engine = new Engine(settings, 1, deaths(state))) {
            List<FeedFile> once = feeds.stream().map(FeedFile::withoutQueue).toList();
            Verification verification = PatientVerification.awaitWarehouse(engine, once);
            verification.requireWarehouse();
            verification.warnings().forEach(warning -> log.warn("{}: {}", warning.subject(), warning.detail()));
            warnOf(set.checked());
            if (feeds.stream()
                    .anyMatch(file -> verification.failure(file.feed()).isEmpty())) {
                engine.deleteLeftovers();
            }
            LoadRecorder recorder = new LoadRecorder(listener);
            try (Routes routes = engine.routes(set.without(verification.problems(feeds)), recorder, false)) {
                routes.start();
                RouteSet running = routes.current();
                (names.isEmpty() ? running.problems() : running.stopped())
                        .stream()
                                .filter(problem -> names.isEmpty() || names.contains(problem.feed()))
                                .forEach(problem -> recorder.failed(problem.feed(), problem.exception()));
                // A pass waits for what its feed needs, as long as that says; so those that must wait come last.
                running.checkedOf(feeds).stream()
                        .sorted(comparing(
                                file -> verification.failure(file.feed()).isPresent()))
                        .map(file -> file.feed().name())
                        .forEach(feed -> recorder.run(feed, () -> routes.pass(feed)));
            }
            return recorder.report();
        }
    }

    /** Compares what feeds remember with their tables. */
    public static Map<String, RememberedCheck.Result> verify(Settings settings, Set<String> names) {
        List<Feed> feeds = Feeds.choose(Feeds.all(settings), names).stream()
                .map(FeedFile::feed)
                .filter(feed -> feed.merge().remembersRows() || !names.isEmpty())
                .toList();
        Map<String, RememberedCheck.Result> results = new LinkedHashMap<>();
        try (Engine engine = new Engine(settings)) {
            engine.rememberedCheck().filter(check -> !feeds.isEmpty()).ifPresent(check -> {
                engine.warehouse().probe();
                feeds.forEach(feed -> results.put(feed.name(), check.check(feed)));
            });
        }
        return results;
    }

    /** Looks at everything, and says what is wrong. */
    public static List<CheckResult> check(Settings settings, boolean offline) {
        List<CheckResult> results = new ArrayList<>();
        results.add(new CheckResult("settings", Verdict.OK, settings.effective().toString()));
        boolean isFit = checkEnvironment(results);
        PlainConnections.warnings(settings, AwsPlace.ofProcess())
                .forEach(warning -> results.add(new CheckResult("settings", Verdict.WARNING, warning)));
        @Nullable RouteSet set = null;
        List<FeedFile> feeds = List.of();
        try {
            set = Feeds.look(settings);
            set.problems().stream()
                    .map(RouteProblem::text)
                    .distinct()
                    .forEach(text -> results.add(new CheckResult("routes", Verdict.INVALID, text)));
            feeds = set.checked();
            for (String code : set.code()) {
                String detail = code + "; this runs with all that Caravan may when run or load start, "
                        + (offline
                                ? "and check --offline ran none of it"
                                : "and in this check, which --offline keeps from it");
                results.add(new CheckResult("routes", Verdict.OK, detail));
            }
        } catch (InvalidConfigurationException e) {
            results.add(new CheckResult("routes", Verdict.INVALID, e.getMessage()));
        }
        for (FeedFile file : feeds) {
            results.add(new CheckResult("feed " + file.feed().name(), Verdict.OK, file.file()));
        }
        SharedTables.warnings(feeds)
                .forEach(warning ->
                        results.add(new CheckResult("table " + warning.target(), Verdict.WARNING, warning.text())));
        OverlappingPrefixes.warnings(feeds)
                .forEach(warning ->
                        results.add(new CheckResult("feed " + warning.feed(), Verdict.WARNING, warning.text())));
        if (!offline && isFit) {
            try (Engine engine = new Engine(settings)) {
                results.addAll(new Verification(engine, true).check(feeds));
                results.addAll(namesakes(engine, settings, feeds));
                if (set != null) {
                    engine.tryOut(set)
                            .forEach(
                                    problem -> results.add(new CheckResult("routes", Verdict.INVALID, problem.text())));
                }
            } catch (CaravanException e) {
                results.add(new CheckResult("S3", Verdict.INVALID, e.getMessage()));
            }
        }
        return results;
    }

    private static boolean checkEnvironment(List<CheckResult> results) {
        try {
            NativeCompression.require();
            return true;
        } catch (InvalidConfigurationException e) {
            results.add(new CheckResult("environment", Verdict.INVALID, e.getMessage()));
            return false;
        }
    }

    private static List<CheckResult> namesakes(Engine engine, Settings settings, List<FeedFile> feeds) {
        try (Turns turns = new Turns(
                engine.membership().orElse(null),
                settings.service().replica(),
                settings.warehouse().address())) {
            return turns.namesakes(feeds.stream().map(FeedFile::feed).toList()).entrySet().stream()
                    .map(namesake -> new CheckResult("feed " + namesake.getKey(), Verdict.WARNING, namesake.getValue()))
                    .toList();
        } catch (CaravanException e) {
            return List.of(new CheckResult("election", Verdict.FAILED, e.getMessage()));
        }
    }
}
