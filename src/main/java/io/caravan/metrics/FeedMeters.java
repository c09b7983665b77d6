package io.caravan.metrics;

import io.caravan.base.ErrorCode;
import io.caravan.model.ledger.LedgerEntry;
import io.caravan.model.ledger.LoadCounts;
import io.caravan.model.ledger.LoadRecord;
import io.caravan.model.ledger.Outcome;
import io.caravan.model.ledger.PhaseTimes;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/**
 * What is counted of one feed. Series whose labels are known beforehand begin with 0, so that the first event is an increase
 * like any other. Safe for use by several threads.
 */
final class FeedMeters {

    private static final Duration[] BUCKETS = Stream.of(
                    "0.1s", "0.25s", "0.5s", "1s", "2.5s", "5s", "10s", "30s", "1m", "2m", "5m", "10m", "30m", "1h",
                    "2h")
            .map(span -> Duration.parse("PT" + span))
            .toArray(Duration[]::new);

    private static final List<String> ROW_OUTCOMES =
            List.of("inserted", "updated", "unchanged", "deleted", "stale", "superseded", "rejected");
    private static final List<Outcome> OBJECT_OUTCOMES =
            List.of(Outcome.LOADED, Outcome.UNCHANGED, Outcome.REJECTED, Outcome.SUPERSEDED);
    private static final List<Outcome> LOAD_OUTCOMES = List.of(Outcome.LOADED, Outcome.REJECTED, Outcome.FAILED);
    private static final List<String> PHASES = List.of("reading", "staging", "merging");

    private final MeterRegistry registry;
    private final String feed;

    FeedMeters(MeterRegistry registry, String feed) {
        this.registry = registry;
        this.feed = feed;
        Stream.of(
                        Metric.OBJECTS_DISCOVERED,
                        Metric.DISCOVERED_BYTES,
                        Metric.ROWS_READ,
                        Metric.ROWS_DELETED_UNREAD,
                        Metric.DEAD_LETTERS,
                        Metric.REPAIRED_VALUES,
                        Metric.COUNT_MISMATCHES)
                .forEach(this::counter);
        ROW_OUTCOMES.forEach(outcome -> counter(Metric.ROWS, outcome));
        OBJECT_OUTCOMES.forEach(outcome -> {
            counter(Metric.OBJECTS, outcome.text());
            counter(Metric.OBJECT_BYTES, outcome.text());
        });
        LOAD_OUTCOMES.forEach(outcome -> counter(Metric.LOADS, outcome.text()));
        timer(Metric.LOAD_DURATION);
        PHASES.forEach(phase -> timer(Metric.LOAD_PHASE_DURATION, phase));
    }

    void found(int objects, long bytes) {
        add(objects, Metric.OBJECTS_DISCOVERED);
        add(bytes, Metric.DISCOVERED_BYTES);
    }

    void retrying(ErrorCode code) {
        add(1, Metric.RETRIES, code.name());
    }

    void failed(ErrorCode code) {
        add(1, Metric.FEED_FAILURES, code.name());
    }

    void tidyFailed(int objectCount, ErrorCode code) {
        add(objectCount, Metric.TIDY_FAILURES, code.name());
    }

    void publishFailed(ErrorCode code) {
        add(1, Metric.PUBLISH_FAILURES, code.name());
    }

    void loadFailed(LoadRecord load) {
        ErrorCode code = load.errorCode();
        if (code == ErrorCode.LEDGER_MOVED || code == ErrorCode.REMEMBERED_ROWS_OUTDATED) {
            // Another writer of the target was faster; this load begins again at once.
            retrying(code);
            return;
        }
        if (load.errorCode() == ErrorCode.COUNTS_DO_NOT_ADD_UP) {
            add(1, Metric.COUNT_MISMATCHES);
        }
        add(1, Metric.LOADS, load.outcome().text());
    }

    void committed(LoadRecord load) {
        add(1, Metric.LOADS, load.outcome().text());
        add(load.deadLetters(), Metric.DEAD_LETTERS);
        add(load.repaired(), Metric.REPAIRED_VALUES);
        timer(Metric.LOAD_DURATION).record(Duration.between(load.started(), load.ended()));
        PhaseTimes times = load.times();
        timer(Metric.LOAD_PHASE_DURATION, "reading").record(times.reading());
        timer(Metric.LOAD_PHASE_DURATION, "staging").record(times.staging());
        timer(Metric.LOAD_PHASE_DURATION, "merging").record(times.merging());
        for (LedgerEntry entry : load.objects()) {
            add(1, Metric.OBJECTS, entry.outcome().text());
            add(entry.object().sizeBytes(), Metric.OBJECT_BYTES, entry.outcome().text());
        }
        addRows(load.counts());
    }

    private void addRows(LoadCounts counts) {
        add(counts.read(), Metric.ROWS_READ);
        add(counts.deletedUnread(), Metric.ROWS_DELETED_UNREAD);
        add(counts.inserted(), Metric.ROWS, "inserted");
        add(counts.updated(), Metric.ROWS, "updated");
        add(counts.unchanged(), Metric.ROWS, "unchanged");
        add(counts.deleted() - counts.deletedUnread(), Metric.ROWS, "deleted");
        add(counts.stale(), Metric.ROWS, "stale");
        add(counts.superseded(), Metric.ROWS, "superseded");
        add(counts.rejected(), Metric.ROWS, "rejected");
    }

    private void add(long amount, Metric metric, String... values) {
        counter(metric, values).increment((double) amount);
    }

    /** Registers the counter if it is not there yet. */
    private Counter counter(Metric metric, String... values) {
        return Counter.builder(metric.meter())
                .baseUnit(metric.unit().orElse(null))
                .description(metric.meaning())
                .tags(Labels.of(metric, feed, values))
                .register(registry);
    }

    private Timer timer(Metric metric, String... values) {
        return Timer.builder(metric.meter())
                .description(metric.meaning())
                .tags(Labels.of(metric, feed, values))
                .serviceLevelObjectives(BUCKETS)
                .register(registry);
    }
}
