package io.caravan.app.service;

import io.caravan.app.camel.CamelRoutes;
import io.caravan.app.camel.FeedParameter;
import io.caravan.app.camel.Feeds;
import io.caravan.app.camel.RouteProblem;
import io.caravan.app.command.Version;
import io.caravan.app.history.LoadHistory;
import io.caravan.app.monitor.MonitorSource;
import io.caravan.app.wiring.LastContacts.Contact;
import io.caravan.app.wiring.Wiring;
import io.caravan.model.ObjectVersion;
import io.caravan.model.feed.Feed;
import io.caravan.model.feed.FeedEntries;
import io.caravan.model.status.FeedStatus;
import io.caravan.model.status.ReloadStatus;
import io.caravan.spi.DeadLetters;
import io.caravan.spi.Ledger;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** What the service knows of itself, for the page. */
final class ServiceFacts implements MonitorSource {

    private final ServiceState service;
    private final Health health;
    private final Wiring wiring;
    private final LoadHistory history;
    private final Clock clock;

    ServiceFacts(ServiceState service, Health health, Wiring wiring, LoadHistory history, Clock clock) {
        this.service = service;
        this.health = health;
        this.wiring = wiring;
        this.history = history;
        this.clock = clock;
    }

    @Override
    public Instant now() {
        return clock.instant();
    }

    @Override
    public String version() {
        return Version.number();
    }

    @Override
    public Instant started() {
        return service.started();
    }

    @Override
    public List<FeedStatus> feeds() {
        return service.feeds();
    }

    @Override
    public Optional<Feed> feed(String name) {
        return feedsThatRun().stream().filter(feed -> feed.name().equals(name)).findFirst();
    }

    private List<Feed> feedsThatRun() {
        return service.routes().map(CamelRoutes::feeds).orElse(List.of());
    }

    @Override
    public @Nullable String fileOf(String feed) {
        return service.fileOf(feed);
    }

    @Override
    public List<FeedParameter> settings(String feed) {
        return service.routes().stream()
                .flatMap(routes -> routes.parameters(feed).stream())
                .toList();
    }

    @Override
    public Map<String, Contact> systems() {
        return health.systems();
    }

    @Override
    public ReloadStatus reload() {
        return service.reload();
    }

    @Override
    public List<RouteProblem> problems() {
        return service.problems();
    }

    @Override
    public List<ObjectVersion> waiting(String feed, Predicate<ObjectVersion> wanted, int limit) {
        return service.routes()
                .map(routes -> routes.waiting(feed, wanted, limit))
                .orElse(List.of());
    }

    @Override
    public Optional<Boolean> isKnown(String feed, String key) {
        return service.routes().flatMap(routes -> routes.isKnown(feed, key));
    }

    @Override
    public FeedEntries entries(String feed) {
        return service.routes()
                .map(routes -> Feeds.entries(routes.current().checked(), FeedEntries.named(feed)))
                .orElse(FeedEntries.named(feed));
    }

    @Override
    public LoadHistory history() {
        return history;
    }

    @Override
    public Ledger ledger() {
        return wiring.ledger();
    }

    @Override
    public DeadLetters deadLetters() {
        return wiring.deadLetters();
    }
}
