package io.caravan.app.action;

import static java.util.Comparator.comparing;
import static java.util.stream.Collectors.toSet;

import io.caravan.app.camel.CamelRoutes;
import io.caravan.app.camel.FeedFile;
import io.caravan.app.camel.Feeds;
import io.caravan.app.camel.RouteSet;
import io.caravan.app.check.PatientVerification;
import io.caravan.app.check.Verification;
import io.caravan.app.command.pass.LoadCommand;
import io.caravan.app.report.LoadRecorder;
import io.caravan.app.report.LoadReport;
import io.caravan.app.report.PassReport;
import io.caravan.app.report.QuietFeed;
import io.caravan.app.settings.Settings;
import io.caravan.app.state.StateDirectory;
import io.caravan.app.wiring.SpiDecorator;
import io.caravan.app.wiring.Wiring;
import io.caravan.base.CaravanException;
import io.caravan.model.ledger.LoadRecord;
import io.caravan.model.ledger.RejectedRows;
import io.caravan.spi.LoadListener;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Loads all that is new, once. A feed that is wrong counts as failed, and the others load. */
public final class LoadPass implements LoadCommand.Pass {

    private static final Logger log = LoggerFactory.getLogger(LoadPass.class);

    private final SpiDecorator decorator;

    public LoadPass(SpiDecorator decorator) {
        this.decorator = decorator;
    }

    @Override
    public PassReport load(Settings settings, Set<String> names, LoadListener listener) {
        Warnings.ofPlainConnections(settings);
        RouteSet set = Feeds.look(settings);
        List<FeedFile> feeds = Feeds.choose(set, names);
        try (StateDirectory state = StateDirectory.of(settings);
                Wiring wiring = new Wiring(settings, 1, StateDirectory.deaths(state), decorator)) {
            List<FeedFile> once = feeds.stream().map(FeedFile::withoutQueue).toList();
            Verification verification = PatientVerification.awaitWarehouse(wiring, once);
            verification.requireWarehouse();
            verification.warnings().forEach(warning -> log.warn("{}: {}", warning.subject(), warning.detail()));
            Warnings.of(set.checked());
            if (feeds.stream()
                    .anyMatch(file -> verification.failure(file.feed()).isEmpty())) {
                wiring.deleteLeftovers();
            }
            LoadRecorder recorder = new LoadRecorder(listener);
            try (CamelRoutes routes = wiring.routes(set.without(verification.problems(feeds)), recorder, false)) {
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
                        .forEach(feed -> recorder.run(feed, () -> {
                            routes.pass(feed);
                            recorder.leftAlone(routes.status(feed));
                        }));
            }
            PassReport report = report(recorder, feeds, wiring);
            publish(report.done(), set.checked(), wiring);
            return report;
        }
    }

    /** After the commits, and whatever comes of it: what is loaded stays so. */
    private static void publish(LoadReport done, List<FeedFile> all, Wiring wiring) {
        Set<String> loaded = done.loads().stream().map(LoadRecord::feed).collect(toSet());
        List<FeedFile> files = all.stream()
                .filter(file ->
                        file.publishTo() != null && loaded.contains(file.feed().name()))
                .toList();
        if (files.isEmpty()) {
            return;
        }
        CatalogPass.publish(wiring, files, all.stream().map(FeedFile::feed).toList());
    }

    private static PassReport report(LoadRecorder recorder, List<FeedFile> feeds, Wiring wiring) {
        Map<String, Long> quiet = recorder.quiet();
        LoadReport done = recorder.report();
        return new PassReport(
                done,
                rejectedRows(done, wiring),
                feeds.stream()
                        .map(FeedFile::feed)
                        .filter(feed -> quiet.containsKey(feed.name()))
                        .map(feed ->
                                new QuietFeed(feed.name(), feed.place().uris(), quiet.getOrDefault(feed.name(), 0L)))
                        .toList());
    }

    /** What has loaded stays loaded, though nobody may be able to say why the rest did not. */
    private static List<RejectedRows> rejectedRows(LoadReport done, Wiring wiring) {
        List<String> loads = done.loads().stream()
                .filter(load -> load.counts().rejected() > 0)
                .map(LoadRecord::id)
                .toList();
        try {
            return loads.isEmpty() ? List.of() : wiring.deadLetters().rejectedRows(loads);
        } catch (CaravanException e) {
            log.warn("Cannot say why rows were rejected: {} ({})", e.getMessage(), e.code());
            return List.of();
        }
    }
}
