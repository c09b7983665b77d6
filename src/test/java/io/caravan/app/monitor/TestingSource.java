package io.caravan.app.monitor;

import io.caravan.app.camel.FeedParameter;
import io.caravan.app.camel.RouteProblem;
import io.caravan.app.history.HistoryLimits;
import io.caravan.app.history.LoadHistory;
import io.caravan.app.wiring.LastContacts.Contact;
import io.caravan.model.ObjectVersion;
import io.caravan.model.feed.Feed;
import io.caravan.model.feed.FeedEntries;
import io.caravan.model.feed.FeedRole;
import io.caravan.model.ledger.LoadCounts;
import io.caravan.model.ledger.Outcome;
import io.caravan.model.ledger.PastLoad;
import io.caravan.model.ledger.PhaseTimes;
import io.caravan.model.status.Backlog;
import io.caravan.model.status.FeedStatus;
import io.caravan.model.status.ReloadStatus;
import io.caravan.spi.DeadLetters;
import io.caravan.spi.Ledger;
import io.caravan.testing.TestingClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** A service with many feeds and loads, and a warehouse that nobody may ask. */
final class TestingSource implements MonitorSource {

    private final TestingClock clock = new TestingClock();
    private final LoadHistory history = new LoadHistory(new HistoryLimits(100_000, 100_000, 5_000), clock);
    private final List<FeedStatus> feeds = new ArrayList<>();

    TestingSource(int feedCount, int loadsOfEach) {
        List<PastLoad> loads = new ArrayList<>();
        for (int feed = 0; feed < feedCount; feed++) {
            String name = "feed-" + feed;
            feeds.add(new FeedStatus(
                    name,
                    FeedRole.LEADER,
                    false,
                    true,
                    null,
                    null,
                    null,
                    Backlog.NONE,
                    null,
                    0,
                    null,
                    null,
                    null,
                    List.of(),
                    List.of(),
                    0,
                    0,
                    null));
            for (int load = 0; load < loadsOfEach; load++) {
                Instant ended = clock.instant().minusSeconds(60L * load);
                loads.add(new PastLoad(
                        String.format(Locale.ROOT, "20261123T%06d.000Z-%010x", loadsOfEach - load, feed),
                        name,
                        "public." + name,
                        ended.minusSeconds(1 + load % 7),
                        ended,
                        load % 11 == 10 ? Outcome.FAILED : Outcome.LOADED,
                        1,
                        new LoadCounts(10, 5, 5, 0, 0, 0),
                        new PhaseTimes(Duration.ofMillis(100), Duration.ofMillis(20), Duration.ofMillis(30)),
                        false,
                        null,
                        null));
            }
        }
        history.remember(loads);
    }

    @Override
    public Instant now() {
        return clock.instant();
    }

    @Override
    public String version() {
        return "1";
    }

    @Override
    public Instant started() {
        return clock.instant();
    }

    @Override
    public List<FeedStatus> feeds() {
        return feeds;
    }

    @Override
    public Optional<Feed> feed(String name) {
        return Optional.empty();
    }

    @Override
    public @Nullable String fileOf(String feed) {
        return feed + ".camel.yaml";
    }

    @Override
    public List<FeedParameter> settings(String feed) {
        return List.of(new FeedParameter("table", "public." + feed, true));
    }

    @Override
    public Map<String, Contact> systems() {
        return Map.of("warehouse", new Contact(clock.instant(), null, null, null));
    }

    @Override
    public ReloadStatus reload() {
        return ReloadStatus.unchanged(clock.instant());
    }

    @Override
    public List<RouteProblem> problems() {
        return List.of();
    }

    @Override
    public List<ObjectVersion> waiting(String feed, Predicate<ObjectVersion> wanted, int limit) {
        return List.of();
    }

    @Override
    public Optional<Boolean> isKnown(String feed, String key) {
        return Optional.of(false);
    }

    @Override
    public FeedEntries entries(String feed) {
        return FeedEntries.named(feed);
    }

    @Override
    public LoadHistory history() {
        return history;
    }

    @Override
    public Ledger ledger() {
        throw new AssertionError("the warehouse is asked by itself");
    }

    @Override
    public DeadLetters deadLetters() {
        throw new AssertionError("the warehouse is asked by itself");
    }
}
