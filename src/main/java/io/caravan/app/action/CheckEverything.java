package io.caravan.app.action;

import io.caravan.app.camel.FeedFile;
import io.caravan.app.camel.Feeds;
import io.caravan.app.camel.RouteProblem;
import io.caravan.app.camel.RouteSet;
import io.caravan.app.catalog.CatalogSource;
import io.caravan.app.check.OverlappingPrefixes;
import io.caravan.app.check.PlainConnections;
import io.caravan.app.check.SharedTables;
import io.caravan.app.check.Verification;
import io.caravan.app.command.CheckCommand;
import io.caravan.app.history.ServiceListener;
import io.caravan.app.report.CheckResult;
import io.caravan.app.report.CheckResult.Verdict;
import io.caravan.app.service.ElectedFeeds;
import io.caravan.app.settings.Settings;
import io.caravan.app.wiring.Wiring;
import io.caravan.aws.AwsPlace;
import io.caravan.aws.compression.NativeCompression;
import io.caravan.base.CaravanException;
import io.caravan.base.InvalidConfigurationException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Looks at everything, and says what is wrong. */
public final class CheckEverything implements CheckCommand.Checks {

    @Override
    public List<CheckResult> check(Settings settings, boolean offline) {
        List<CheckResult> results = new ArrayList<>();
        settings.effective()
                .forEach((name, value) -> results.add(new CheckResult("settings", Verdict.OK, name + " = " + value)));
        if (!settings.warehouse().origins().isEmpty()) {
            results.add(new CheckResult(
                    "glue connection " + settings.warehouse().glueConnection(),
                    Verdict.OK,
                    String.join("; ", settings.warehouse().origins())));
        }
        boolean isFit = checkEnvironment(results);
        PlainConnections.warnings(settings, AwsPlace.ofProcess())
                .forEach(warning -> results.add(new CheckResult("settings", Verdict.WARNING, warning)));
        @Nullable RouteSet set = null;
        List<FeedFile> feeds = List.of();
        try {
            set = Feeds.look(settings, offline ? CatalogSource.offline() : CatalogSource.online());
            set.problems().stream()
                    .map(problem -> new CheckResult("routes", verdict(problem, offline), problem.text()))
                    .distinct()
                    .forEach(results::add);
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
            if (file.catalog() != null) {
                results.add(new CheckResult(
                        "feed " + file.feed().name() + ": catalogTable "
                                + file.catalog().source().name(),
                        Verdict.OK,
                        file.catalog().origins()));
            }
        }
        SharedTables.warnings(feeds)
                .forEach(warning ->
                        results.add(new CheckResult("table " + warning.target(), Verdict.WARNING, warning.text())));
        OverlappingPrefixes.warnings(feeds)
                .forEach(warning ->
                        results.add(new CheckResult("feed " + warning.feed(), Verdict.WARNING, warning.text())));
        if (!offline && isFit) {
            try (Wiring wiring = new Wiring(settings)) {
                results.addAll(new Verification(wiring, true).check(feeds));
                results.addAll(namesakes(wiring, settings, feeds));
                if (set != null) {
                    wiring.tryOut(set)
                            .forEach(
                                    problem -> results.add(new CheckResult("routes", Verdict.INVALID, problem.text())));
                }
            } catch (CaravanException e) {
                results.add(new CheckResult("S3", Verdict.INVALID, e.getMessage()));
            }
        }
        return results;
    }

    /** Offline nobody can say more of a feed whose shape is in the Data Catalog. */
    private static Verdict verdict(RouteProblem problem, boolean offline) {
        if (!problem.code().reaction().isRetryable()) {
            return Verdict.INVALID;
        }
        return offline ? Verdict.WARNING : Verdict.FAILED;
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

    private static List<CheckResult> namesakes(Wiring wiring, Settings settings, List<FeedFile> feeds) {
        try (ElectedFeeds turns = new ElectedFeeds(
                wiring.membership().orElse(null),
                settings.service().replica(),
                settings.warehouse().address(),
                ServiceListener.NONE)) {
            return turns.namesakes(feeds.stream().map(FeedFile::feed).toList()).entrySet().stream()
                    .map(namesake -> new CheckResult("feed " + namesake.getKey(), Verdict.WARNING, namesake.getValue()))
                    .toList();
        } catch (CaravanException e) {
            return List.of(new CheckResult("election", Verdict.FAILED, e.getMessage()));
        }
    }
}
