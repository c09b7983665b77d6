package io.caravan.app.action;

import io.caravan.app.camel.CamelRoutes;
import io.caravan.app.camel.FeedFile;
import io.caravan.app.camel.Feeds;
import io.caravan.app.camel.RouteSet;
import io.caravan.app.check.Verification;
import io.caravan.app.command.RunCommand;
import io.caravan.app.history.ServiceListener;
import io.caravan.app.preview.PreviewRequest;
import io.caravan.app.report.LoadListeners;
import io.caravan.app.report.LoadLog;
import io.caravan.app.service.ElectedFeeds;
import io.caravan.app.service.Monitor;
import io.caravan.app.service.MonitorPages;
import io.caravan.app.service.Publications;
import io.caravan.app.service.Reloader;
import io.caravan.app.service.RepeatedTask;
import io.caravan.app.settings.Settings;
import io.caravan.app.state.StateDirectory;
import io.caravan.app.wiring.SpiDecorator;
import io.caravan.app.wiring.Wiring;
import io.caravan.spi.LoadListener;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Serves until the process is told to stop. A feed that is wrong is stopped, and the others run. */
public final class RunService implements RunCommand.Service {

    private static final Logger log = LoggerFactory.getLogger(RunService.class);

    /** Data files of loads that vanished cost little; a LIST every hour costs less. */
    private static final Duration LEFTOVERS_PAUSE = Duration.ofHours(1);

    private final SpiDecorator decorator;

    public RunService(SpiDecorator decorator) {
        this.decorator = decorator;
    }

    @Override
    public int run(Settings settings) {
        log.info("Settings: {}", settings.effective());
        Warnings.ofPlainConnections(settings);
        RouteSet set = Feeds.look(settings);
        List<FeedFile> feeds = set.checked();
        int sharing = set.feeds().size() + set.stopped().size();
        // First of all, so that the process is seen to live while it starts; and last, until the routes have stopped.
        try (StateDirectory state = StateDirectory.of(settings);
                Wiring wiring = new Wiring(settings, sharing, StateDirectory.deaths(state), decorator);
                Monitor monitor = new Monitor(settings.http(), wiring);
                @Nullable MonitorPages pages = pages(settings, monitor, wiring)) {
            // What a feed alone needs, it looks at itself before its first load.
            Verification verification = new Verification(wiring, false);
            if (!verification.checkWarehouse()) {
                verification.requireValidSettings();
                log.warn("The warehouse cannot be reached, the feeds wait for it: {}", verification.trouble());
            }
            Warnings.of(feeds);
            Publications publications = new Publications(wiring::publisher, monitor.listener(), Clock.systemUTC());
            LoadListener listener = new LoadListeners(
                    new LoadLog(monitor::fileOf),
                    monitor.listener(),
                    publications,
                    pages == null ? LoadListener.NONE : pages.history());
            ServiceListener changes = pages == null ? ServiceListener.NONE : pages.history();
            try (publications;
                    ElectedFeeds turns = new ElectedFeeds(
                            wiring.membership().orElse(null),
                            settings.service().replica(),
                            settings.warehouse().address(),
                            changes);
                    CamelRoutes routes = wiring.routes(
                            set, listener, true, turns::isTurnOf, pages == null ? target -> {} : pages.firstRead());
                    RepeatedTask leftovers =
                            new RepeatedTask("leftovers", wiring::deleteLeftovers, Duration.ZERO, LEFTOVERS_PAUSE);
                    Reloader reloader = new Reloader(settings, wiring, routes, Clock.systemUTC(), changes)) {
                monitor.serve(routes, reloader::status);
                monitor.publishes(publications::statuses);
                publications.serve(() -> routes.current().checked());
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
                        wiring.pool().max(),
                        Feeds.names(feeds));
                return routes.run();
            }
        }
    }

    /** Returns null if there is to be no page. */
    private @Nullable MonitorPages pages(Settings settings, Monitor monitor, Wiring wiring) {
        return settings.ui()
                .map(ui -> new MonitorPages(
                        ui,
                        monitor,
                        wiring,
                        (feed, key, rows) -> new PreviewLoads(decorator)
                                .preview(
                                        settings,
                                        new PreviewRequest(Set.of(feed), key, null, rows, false),
                                        LoadListener.NONE)
                                .feeds()
                                .get(0),
                        history -> new PageActs(settings, new LoadListeners(monitor.listener(), history), decorator)))
                .orElse(null);
    }
}
