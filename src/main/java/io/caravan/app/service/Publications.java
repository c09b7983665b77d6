package io.caravan.app.service;

import io.caravan.app.camel.FeedFile;
import io.caravan.aws.catalog.GlueConnection;
import io.caravan.base.CaravanException;
import io.caravan.base.ErrorCode;
import io.caravan.base.RetryableException;
import io.caravan.load.publish.CatalogPublisher;
import io.caravan.load.publish.PublishReport;
import io.caravan.load.publish.PublishReport.Change;
import io.caravan.model.catalog.CatalogName;
import io.caravan.model.feed.Feed;
import io.caravan.model.ledger.LoadRecord;
import io.caravan.model.ledger.Outcome;
import io.caravan.model.status.PublishStatus;
import io.caravan.spi.LoadListener;
import io.caravan.spi.catalog.DataCatalog;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps tables of the Data Catalog true to what feeds load: after their commits, on a thread of its own, which begins with the first feed
 * that wants it. What fails holds up no load, and is tried again. Once after the start it looks for each feed that this process runs whether
 * something was left. Safe for use by several threads.
 */
public final class Publications implements LoadListener, AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Publications.class);

    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final Duration FIRST_DELAY = Duration.ofSeconds(30);
    private static final Duration LAST_DELAY = Duration.ofMinutes(10);

    private final Function<DataCatalog, CatalogPublisher> publishers;
    private final LoadListener events;
    private final Clock clock;
    private final Map<String, Instant> due = new ConcurrentHashMap<>();
    private final Map<String, PublishStatus> statuses = new ConcurrentHashMap<>();
    private final Set<String> begun = ConcurrentHashMap.newKeySet();
    private volatile Supplier<List<FeedFile>> feeds = List::of;
    private @Nullable RepeatedTask task;

    /**
     * Does nothing yet.
     *
     * @param publishers what writes into a catalog
     * @param events is told of failures
     */
    public Publications(Function<DataCatalog, CatalogPublisher> publishers, LoadListener events, Clock clock) {
        this.publishers = publishers;
        this.events = events;
        this.clock = clock;
    }

    /** Says which feeds there are, at any time. */
    public void serve(Supplier<List<FeedFile>> all) {
        feeds = all;
    }

    /** Returns how each table gets on that there was something to write of. */
    public List<PublishStatus> statuses() {
        return statuses.values().stream()
                .filter(status -> find(status.feed()) != null)
                .sorted(Comparator.comparing(PublishStatus::feed))
                .toList();
    }

    @Override
    public void loadFinished(LoadRecord load) {
        if (load.outcome() != Outcome.FAILED && find(load.feed()) != null) {
            want(load.feed());
        }
    }

    @Override
    public void objectsListed(String feedName, long objectCount, int newCount) {
        if (!begun.contains(feedName) && find(feedName) != null && begun.add(feedName)) {
            want(feedName);
        }
    }

    private synchronized void want(String feed) {
        due.put(feed, clock.instant());
        if (task == null) {
            task = new RepeatedTask("publish", this::publishDue, Duration.ZERO, PAUSE);
            task.start();
        }
    }

    private @Nullable FeedFile find(String feed) {
        return feeds.get().stream()
                .filter(file -> file.feed().name().equals(feed) && file.publishTo() != null)
                .findFirst()
                .orElse(null);
    }

    private void publishDue() {
        Instant now = clock.instant();
        List<String> names = due.entrySet().stream()
                .filter(entry -> !entry.getValue().isAfter(now))
                .map(Map.Entry::getKey)
                .toList();
        if (names.isEmpty()) {
            return;
        }
        try (GlueConnection glue = new GlueConnection()) {
            names.forEach(name -> publish(publishers.apply(glue.tables()), name));
        } catch (CaravanException e) {
            names.forEach(name -> failed(name, e));
        }
    }

    private void publish(CatalogPublisher publisher, String name) {
        @Nullable FeedFile file = find(name);
        @Nullable Instant wanted = due.get(name);
        if (file == null || file.publishTo() == null || wanted == null) {
            due.remove(name);
            return;
        }
        CatalogName table = file.publishTo();
        List<Feed> all = feeds.get().stream().map(FeedFile::feed).toList();
        try {
            publisher
                    .publish(file.feed(), all, table, false, false)
                    .filter(report -> report.change() != Change.NONE)
                    .ifPresent(Publications::log);
            statuses.put(name, new PublishStatus(name, table.toString(), clock.instant(), null, 0, null, null, null));
            // Unless another load has committed meanwhile.
            due.remove(name, wanted);
        } catch (CaravanException e) {
            failed(name, e);
        } catch (RuntimeException e) {
            log.error("The table {} of feed {} could not be written", table, name, e);
            failed(name, new RetryableException(ErrorCode.UNEXPECTED, "unexpected: " + e, e));
        }
    }

    private void failed(String name, CaravanException reason) {
        @Nullable FeedFile file = find(name);
        @Nullable PublishStatus before = statuses.get(name);
        int failures = before == null ? 1 : before.failures() + 1;
        Duration delay = FIRST_DELAY.multipliedBy(1L << Math.min(failures - 1, 10));
        delay = delay.compareTo(LAST_DELAY) > 0 ? LAST_DELAY : delay;
        Instant now = clock.instant();
        due.put(name, now.plus(delay));
        boolean isKnown = before != null && reason.code() == before.errorCode();
        statuses.put(
                name,
                new PublishStatus(
                        name,
                        file == null ? "" : String.valueOf(file.publishTo()),
                        before == null ? null : before.lastGood(),
                        before == null || before.failingSince() == null ? now : before.failingSince(),
                        failures,
                        reason.code(),
                        reason.getMessage(),
                        now.plus(delay)));
        if (!isKnown) {
            log.warn(
                    "The table of the Data Catalog of feed {} is not as what is loaded, and is tried again in {} s: {} ({})",
                    name,
                    delay.toSeconds(),
                    reason.getMessage(),
                    reason.code());
        }
        events.publishFailed(name, reason);
    }

    /** Says what was written, and what its readers see otherwise. */
    public static void log(PublishReport report) {
        log.info(
                "Feed {}: the table {} of the Data Catalog is {}, read by {}, {} columns, {} partitions added",
                report.feed(),
                report.table().name(),
                report.change().text(),
                report.table().serDe().simpleName(),
                report.table().columns().size(),
                report.newPartitions());
        if (report.change() != Change.COUNTS_CHANGED) {
            report.warnings()
                    .forEach(warning -> log.warn(
                            "Feed {}: {}: {}", report.feed(), report.table().name(), warning));
        }
    }

    @Override
    public void close() {
        RepeatedTask running;
        synchronized (this) {
            running = task;
        }
        if (running != null) {
            running.close();
        }
    }
}
