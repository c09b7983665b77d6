package io.caravan.metrics;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Every metric of Caravan's own: its name, its type, its labels and what it means. The documents are checked against this
 * table. Labels take a fixed set of values, but for the feed's name: nothing that grows with the objects becomes a series.
 */
public enum Metric {
    OBJECTS_DISCOVERED(
            Type.COUNTER,
            "caravan.objects.discovered",
            null,
            "object versions found that were not found before",
            Label.FEED),
    DISCOVERED_BYTES(Type.COUNTER, "caravan.discovered", Unit.BYTES, "their size as stored", Label.FEED),
    OBJECTS(
            Type.COUNTER,
            "caravan.objects",
            null,
            "object versions dealt with: loaded, unchanged since they were, rejected, or superseded by a newer snapshot",
            Label.FEED,
            Label.OUTCOME),
    OBJECT_BYTES(Type.COUNTER, "caravan.object", Unit.BYTES, "their size as stored", Label.FEED, Label.OUTCOME),
    ROWS_READ(Type.COUNTER, "caravan.rows.read", null, "records read by loads that committed", Label.FEED),
    ROWS(
            Type.COUNTER,
            "caravan.rows",
            null,
            "what became of them: inserted, updated, unchanged, deleted, stale, superseded or rejected; adds up to caravan_rows_read_total",
            Label.FEED,
            Label.OUTCOME),
    ROWS_DELETED_UNREAD(
            Type.COUNTER,
            "caravan.rows.deleted.unread",
            null,
            "rows of the target that were deleted because the object lacked them; nobody read them",
            Label.FEED),
    DEAD_LETTERS(
            Type.COUNTER,
            "caravan.dead.letters",
            null,
            "dead letters written; of a rejected object at most its first 100 rejected rows",
            Label.FEED),
    REPAIRED_VALUES(
            Type.COUNTER,
            "caravan.repaired.values",
            null,
            "values that their columns refuse and that were repaired, as the feed's onInvalid has it",
            Label.FEED),
    LOADS(
            Type.COUNTER,
            "caravan.loads",
            null,
            "loads that ended: loaded, rejected if all their objects were, or failed; each try counts",
            Label.FEED,
            Label.OUTCOME),
    LOAD_DURATION(
            Type.HISTOGRAM,
            "caravan.load.duration",
            Unit.SECONDS,
            "from taking the objects to the commit, of loads that committed",
            Label.FEED),
    LOAD_PHASE_DURATION(
            Type.HISTOGRAM,
            "caravan.load.phase.duration",
            Unit.SECONDS,
            "the same by phase: reading, staging, merging",
            Label.FEED,
            Label.PHASE),
    RETRIES(
            Type.COUNTER,
            "caravan.retries",
            null,
            "tries that failed and were followed by another soon, by error code",
            Label.FEED,
            Label.CODE),
    FEED_FAILURES(
            Type.COUNTER,
            "caravan.feed.failures",
            null,
            "how often the tries were used up and the feed was left alone for a while, by error code",
            Label.FEED,
            Label.CODE),
    TIDY_FAILURES(
            Type.COUNTER,
            "caravan.tidy.failures",
            null,
            "objects that could not be tagged, moved or deleted after their load, by error code; each try counts",
            Label.FEED,
            Label.CODE),
    PUBLISH_FAILURES(
            Type.COUNTER,
            "caravan.publish.failures",
            null,
            "how often the table of a feed's publishTo could not be written, by error code",
            Label.FEED,
            Label.CODE),
    COUNT_MISMATCHES(
            Type.COUNTER,
            "caravan.count.mismatches",
            null,
            "loads that were not committed because their counts did not add up",
            Label.FEED),
    BACKLOG_OBJECTS(
            Type.GAUGE,
            "caravan.backlog.objects",
            null,
            "object versions found and not dealt with, those set aside too",
            Label.FEED),
    BACKLOG_BYTES(Type.GAUGE, "caravan.backlog", Unit.BYTES, "their size as stored", Label.FEED),
    LAG(Type.GAUGE, "caravan.lag", Unit.SECONDS, "age of the oldest of them; 0 if there is none", Label.FEED),
    OBJECTS_SET_ASIDE(
            Type.GAUGE, "caravan.objects.set.aside", null, "objects that do not load although others do", Label.FEED),
    NEWEST_OBJECT(
            Type.GAUGE,
            "caravan.newest.object.timestamp",
            Unit.SECONDS,
            "when S3 got the newest object that was listed, loaded or not; Unix time",
            Label.FEED),
    LAST_SUCCESS(
            Type.GAUGE,
            "caravan.last.success.timestamp",
            Unit.SECONDS,
            "when all that was new had last been dealt with, or set aside; Unix time",
            Label.FEED),
    LAST_LOAD(
            Type.GAUGE,
            "caravan.last.load.timestamp",
            Unit.SECONDS,
            "when the last load ended that committed; Unix time",
            Label.FEED),
    OBJECT_MISSING(
            Type.GAUGE,
            "caravan.object.missing",
            null,
            "1 if no object has arrived for longer than the feed's expectEvery, otherwise 0",
            Label.FEED),
    FEED_FAILING(Type.GAUGE, "caravan.feed.failing", null, "1 if nothing of the feed loads, otherwise 0", Label.FEED),
    FEED_LEADER(
            Type.GAUGE, "caravan.feed.leader", null, "1 if this replica runs the feed, 0 if another does", Label.FEED),
    READY(Type.GAUGE, "caravan.ready", null, "1 if /health/ready says so, otherwise 0"),
    REACHABLE(
            Type.GAUGE,
            "caravan.reachable",
            null,
            "1 if the system, warehouse or s3, was reached when it was last asked, otherwise 0",
            Label.SYSTEM),
    RELOADS(
            Type.COUNTER,
            "caravan.routes.reloads",
            null,
            "changed route files that were applied or refused",
            Label.OUTCOME),
    RELOAD_SUCCESSFUL(
            Type.GAUGE,
            "caravan.routes.last.reload.successful",
            null,
            "1 if what runs is what the route files say, 0 if they were refused"),
    RELOAD_SUCCESS(
            Type.GAUGE,
            "caravan.routes.last.reload.success.timestamp",
            Unit.SECONDS,
            "when the route files that run were applied; Unix time"),
    CONNECTIONS(
            Type.GAUGE,
            "caravan.warehouse.connections",
            null,
            "connections of the pool to the warehouse: active or idle",
            Label.STATE),
    CONNECTIONS_MAX(Type.GAUGE, "caravan.warehouse.connections.max", null, "caravan.warehouse.pool-size"),
    CONNECTIONS_WAITING(
            Type.GAUGE,
            "caravan.warehouse.connections.waiting",
            null,
            "threads that wait for a connection of the pool"),
    BUILD(
            Type.GAUGE,
            "caravan.build",
            null,
            "always 1; says which version runs on which Java",
            Label.VERSION,
            Label.JAVA);

    /** What Prometheus makes of it. */
    enum Type {
        COUNTER,
        GAUGE,
        HISTOGRAM;

        /** Returns the name as Prometheus writes it. */
        String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** The names of labels. */
    static final class Label {
        static final String FEED = "feed";
        static final String OUTCOME = "outcome";
        static final String PHASE = "phase";
        static final String CODE = "code";
        static final String SYSTEM = "system";
        static final String STATE = "state";
        static final String VERSION = "version";
        static final String JAVA = "java";

        private Label() {}
    }

    private static final class Unit {
        private static final String BYTES = "bytes";
        private static final String SECONDS = "seconds";
    }

    private final Type type;
    private final String meter;
    private final @Nullable String unit;
    private final String meaning;

    @SuppressWarnings("ImmutableEnumChecker") // List.of is.
    private final List<String> labels;

    Metric(Type type, String meter, @Nullable String unit, String meaning, String... labels) {
        this.type = type;
        this.meter = meter;
        this.unit = unit;
        this.meaning = meaning;
        this.labels = List.of(labels);
    }

    /** Returns the name as Prometheus has it, by its <a href="https://prometheus.io/docs/practices/naming/">conventions</a>. */
    public String prometheusName() {
        return meter.replace('.', '_') + (unit == null ? "" : "_" + unit) + (type == Type.COUNTER ? "_total" : "");
    }

    Type type() {
        return type;
    }

    /** Returns the names of the labels. */
    List<String> labels() {
        return labels;
    }

    /** Returns what it means, in one line. */
    String meaning() {
        return meaning;
    }

    /** Returns the name as Micrometer has it, without the unit. */
    String meter() {
        return meter;
    }

    Optional<String> unit() {
        return Optional.ofNullable(unit);
    }
}
