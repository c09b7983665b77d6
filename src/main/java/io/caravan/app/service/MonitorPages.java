package io.caravan.app.service;

import io.caravan.app.act.ActDesk;
import io.caravan.app.act.Acting;
import io.caravan.app.history.EarlierLoads;
import io.caravan.app.history.HistoryLimits;
import io.caravan.app.history.LoadHistory;
import io.caravan.app.monitor.LoadPreviewing;
import io.caravan.app.monitor.MonitorSite;
import io.caravan.app.settings.UiSettings;
import io.caravan.app.web.WebServer;
import io.caravan.app.wiring.Wiring;
import io.caravan.model.table.TableName;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.function.Consumer;
import java.util.function.Function;

/** The page for people of the service, and what it remembers for that. */
public final class MonitorPages implements AutoCloseable {

    private final LoadHistory history =
            new LoadHistory(HistoryLimits.ofHeap(Runtime.getRuntime().maxMemory()), Clock.systemUTC());
    private final EarlierLoads earlier;
    private final MonitorSite site;
    private final WebServer server;

    /**
     * Begins to answer.
     *
     * @param monitor knows how the service is
     * @param previewing says what loads would do
     * @param acting makes what does what operators want done, and tells the history of it
     * @throws io.caravan.base.InvalidConfigurationException if the port is in use
     */
    public MonitorPages(
            UiSettings settings,
            Monitor monitor,
            Wiring wiring,
            LoadPreviewing previewing,
            Function<LoadHistory, Acting> acting) {
        SecureRandom random = new SecureRandom();
        Clock clock = Clock.systemUTC();
        this.earlier = new EarlierLoads(history, wiring.ledger());
        this.site = new MonitorSite(
                monitor.facts(history), previewing, new ActDesk(acting.apply(history), history, random, clock), clock);
        this.server = new WebServer(settings, site, random, clock);
    }

    /** Returns what remembers what is told to it. */
    public LoadHistory history() {
        return history;
    }

    /** Returns what is told of each target whose ledger has been read for the first time. */
    public Consumer<TableName> firstRead() {
        return earlier::read;
    }

    /** Returns the port on which it answers. */
    public int port() {
        return server.port();
    }

    @Override
    public void close() {
        server.close();
        site.close();
    }
}
