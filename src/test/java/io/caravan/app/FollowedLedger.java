package io.caravan.app;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.caravan.model.feed.Mode;
import io.caravan.testing.TestSandbox;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A ledger and its table, read again and again: whatever the ledger says was loaded, the model of the table does too, and
 * then both say the same.
 */
final class FollowedLedger {

    static final String TABLE = "public.t";

    /** An object as the ledger has it. */
    private record Entry(
            String loadId, String name, String modified, String key, String etag, String outcome, String counts) {

        String version() {
            return key + " " + etag;
        }

        /** Returns its place in the order in which objects are loaded, as text that sorts likewise. */
        String place(boolean byKey) {
            return byKey ? key : modified + " " + key;
        }

        boolean isInTable() {
            return outcome.equals("loaded") || outcome.equals("unchanged");
        }

        String result() {
            return outcome.equals("rejected") ? outcome : outcome + " " + counts;
        }

        @Override
        public String toString() {
            return key + " " + outcome + " " + counts;
        }
    }

    private final Connection connection;
    private final List<RandomFeed> feeds;
    private final ModelTable model;
    private final Consumer<String> story;

    private final Map<String, RandomObject> versions = new LinkedHashMap<>();
    private final Map<String, String> dealtWith = new HashMap<>();
    private final Set<String> seen = new HashSet<>();

    /** The keys of objects that failed alone, each with the name that its feed had. */
    private final Map<String, String> setAside = new HashMap<>();

    private final Set<String> everSetAside = new HashSet<>();
    private final List<Entry> loaded = new ArrayList<>();

    /** What became of each key last, but for failures. */
    private final Map<String, Entry> settled = new HashMap<>();

    private long position;

    /**
     * Begins with an empty ledger.
     *
     * @param feeds those of the table
     * @param story gets a line for each load
     */
    FollowedLedger(Connection connection, List<RandomFeed> feeds, ModelTable model, Consumer<String> story) {
        this.connection = connection;
        this.feeds = feeds;
        this.model = model;
        this.story = story;
    }

    /** Says what stands behind a key and an ETag. */
    void put(RandomObject object, String etag) {
        versions.put(object.key() + " " + etag, object);
    }

    /** Returns what was put under a key and got an ETag. */
    byte[] content(String key, String etag) {
        return requireNonNull(versions.get(key + " " + etag)).content();
    }

    /** Returns all versions that were put. */
    List<RandomObject> versions() {
        return List.copyOf(versions.values());
    }

    /** Returns the versions that were put under a key, each once. */
    List<RandomObject> versions(String key) {
        return versions.values().stream()
                .filter(version -> version.key().equals(key))
                .toList();
    }

    /** Returns whether this is not what was dealt with last under the key. */
    boolean isNew(String key, String etag) {
        return !etag.equals(dealtWith.get(key));
    }

    /** Returns whether the ledger has or had the version, a key and an ETag, whatever became of it. */
    boolean hasSeen(String version) {
        return seen.contains(version);
    }

    /** Returns whether the version failed alone, and so lost its place in the order. */
    boolean wasSetAside(String version) {
        return everSetAside.contains(version);
    }

    /** Follows what the ledger has gained, and returns the versions that were dealt with, in its order. */
    List<String> follow() throws SQLException {
        Map<String, List<Entry>> loads = new LinkedHashMap<>();
        for (Entry entry : newEntries()) {
            loads.computeIfAbsent(entry.loadId(), id -> new ArrayList<>()).add(entry);
        }
        List<String> done = new ArrayList<>();
        for (List<Entry> load : loads.values()) {
            story.accept("  load " + load);
            load.forEach(entry -> seen.add(entry.version()));
            if (load.get(0).outcome().equals("failed")) {
                load.forEach(this::setAside);
            } else {
                follow(load);
                load.forEach(entry -> done.add(entry.version()));
            }
        }
        assertThat(lines(feeds.get(0).rowsSql(TABLE))).as("the table").isEqualTo(model.rows());
        return done;
    }

    private void setAside(Entry entry) {
        assertThat(entry.outcome()).isEqualTo("failed");
        everSetAside.add(entry.version());
        setAside.put(entry.key(), entry.name());
        dealtWith.remove(entry.key());
    }

    private void follow(List<Entry> load) {
        RandomFeed feed = feed(load.get(0));
        assertThat(load).allMatch(entry -> feed(entry).equals(feed), "one feed's");
        Set<String> late = load.stream()
                .filter(entry -> feed.byKey() || setAside.containsKey(entry.key()))
                .filter(entry -> loaded.stream().anyMatch(other -> isOvertaken(entry, other, feed)))
                .map(Entry::key)
                .collect(Collectors.toSet());
        List<RandomObject> objects = load.stream()
                .map(entry -> requireNonNull(versions.get(entry.version())))
                .toList();
        assertThat(load.stream().map(Entry::result))
                .as("outcome and rows read, inserted, updated, unchanged, deleted, stale, superseded, rejected")
                .isEqualTo(model.by(feed).load(objects, late, repeated(objects, feed)));
        assertThat(load).hasSizeLessThanOrEqualTo(feed.maxObjectsPerLoad());
        for (Entry entry : load) {
            assertThat(isNew(entry.key(), entry.etag())).as("%s is new", entry).isTrue();
            dealtWith.put(entry.key(), entry.etag());
            setAside.remove(entry.key());
            settled.put(entry.key(), entry);
            if (entry.outcome().equals("loaded")) {
                loaded.add(entry);
            }
        }
    }

    private RandomFeed feed(Entry entry) {
        return feeds.stream()
                .filter(feed -> feed.covers(entry.key()))
                .findFirst()
                .orElseThrow();
    }

    /** By a newer object from the same place, or by one that was loaded under the name under which this one failed. */
    private boolean isOvertaken(Entry entry, Entry other, RandomFeed feed) {
        return other.place(feed.byKey()).compareTo(entry.place(feed.byKey())) > 0
                && (feed.covers(other.key()) || other.name().equals(setAside.get(entry.key())));
    }

    /** Returns the keys of those objects whose bytes are loaded: under their keys, or elsewhere if such ones are left out. */
    private Set<String> repeated(List<RandomObject> objects, RandomFeed feed) {
        Set<String> repeated = new HashSet<>();
        List<RandomObject> before = new ArrayList<>();
        for (RandomObject object : objects) {
            boolean isThere = inTable(object.key()).filter(object::isSameAs).isPresent();
            boolean isElsewhere = feed.skipsRepeated()
                    && !object.rejectedByReading(feed)
                    && Stream.concat(before.stream(), settled.keySet().stream().flatMap(key -> inTable(key).stream()))
                            .anyMatch(object::isSameAs);
            if (isThere || isElsewhere) {
                repeated.add(object.key());
            } else if (!object.rejected(feed)) {
                before.add(object);
            }
        }
        return repeated;
    }

    /** Returns what was loaded last under a key, unless something else became of the key since. */
    private Optional<RandomObject> inTable(String key) {
        return Optional.ofNullable(settled.get(key))
                .filter(Entry::isInTable)
                .map(entry -> requireNonNull(versions.get(entry.version())));
    }

    private List<Entry> newEntries() throws SQLException {
        if (position == 0
                && lines("SELECT 1 FROM svv_tables WHERE table_schema = 'caravan' AND table_name = 'objects'")
                        .isEmpty()) {
            return List.of();
        }
        List<Entry> entries = new ArrayList<>();
        for (List<@Nullable String> row : TestSandbox.query(
                connection,
                "SELECT load_id, feed, last_modified, object_key, etag, outcome, rows_read, rows_inserted, rows_updated,"
                        + " rows_unchanged, rows_deleted, rows_stale, rows_superseded, rows_rejected"
                        + " FROM caravan.objects WHERE position > " + position + " ORDER BY position")) {
            List<String> texts = row.stream().map(String::valueOf).toList();
            String counts = String.join(" ", texts.subList(6, texts.size()));
            entries.add(new Entry(
                    texts.get(0), texts.get(1), texts.get(2), texts.get(3), texts.get(4), texts.get(5), counts));
        }
        position += entries.size();
        return entries;
    }

    /** Looks at what must hold at any time, whatever was loaded. */
    void promisesHold() throws SQLException {
        RandomFeed feed = feeds.get(0);
        String read = "rows_inserted + rows_updated + rows_unchanged + rows_stale + rows_superseded + rows_rejected"
                + (feed.mode() == Mode.CHANGES ? " + rows_deleted" : "");
        assertNone("SELECT object_key FROM caravan.objects WHERE rows_read <> " + read);
        assertNone("SELECT load_id FROM caravan.loads WHERE rows_read <> " + read);
        assertNone("SELECT load_id FROM caravan.loads GROUP BY load_id HAVING COUNT(*) > 1");
        assertThat(lines("SELECT load_id, objects, rows_read, rows_inserted, rows_updated, rows_deleted"
                        + " FROM caravan.loads WHERE outcome <> 'failed'"))
                .isEqualTo(lines("SELECT load_id, COUNT(*), SUM(rows_read), SUM(rows_inserted), SUM(rows_updated),"
                        + " SUM(rows_deleted) FROM caravan.objects WHERE outcome <> 'failed' GROUP BY load_id"));
        assertThat(kept("dead_letters")).containsAll(counted("rows_rejected"));
        assertThat(kept("superseded_rows")).isEqualTo(feed.keepsSuperseded() ? counted("rows_superseded") : List.of());
        if (!feed.keys().isEmpty() && feed.mode() != Mode.APPEND) {
            String keys = String.join(", ", feed.keys());
            assertNone("SELECT " + keys + " FROM " + TABLE
                    + (feed.mode() == Mode.HISTORY ? " WHERE is_current = TRUE" : "") + " GROUP BY " + keys
                    + " HAVING COUNT(*) > 1");
        }
    }

    private void assertNone(String sql) throws SQLException {
        assertThat(lines(sql)).as(sql).isEmpty();
    }

    private List<String> kept(String table) throws SQLException {
        return lines("SELECT load_id, object_key, etag, COUNT(*) FROM caravan." + table
                + " GROUP BY load_id, object_key, etag");
    }

    private List<String> counted(String count) throws SQLException {
        return lines("SELECT load_id, object_key, etag, " + count
                + " FROM caravan.objects WHERE outcome = 'loaded' AND " + count + " > 0");
    }

    /** Returns the rows of a query, each as a line, sorted. */
    private List<String> lines(String sql) throws SQLException {
        List<String> lines = new ArrayList<>();
        for (List<@Nullable String> row : TestSandbox.query(connection, sql)) {
            lines.add(String.join("|", row.stream().map(String::valueOf).toList()));
        }
        Collections.sort(lines);
        return lines;
    }
}
