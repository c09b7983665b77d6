package io.caravan.testing;

import io.caravan.base.CaravanException;
import io.caravan.model.ChangeCounts;
import io.caravan.model.ObjectVersion;
import io.caravan.model.Snapshot;
import io.caravan.model.TargetChanges;
import io.caravan.model.TargetChanges.Way;
import io.caravan.model.feed.Feed;
import io.caravan.model.feed.MergePlan;
import io.caravan.model.ledger.LedgerEntry;
import io.caravan.model.ledger.LedgerMark;
import io.caravan.model.ledger.LoadRecord;
import io.caravan.model.ledger.LoadedContent;
import io.caravan.model.ledger.Outcome;
import io.caravan.model.table.Column;
import io.caravan.model.table.ColumnType;
import io.caravan.model.table.ColumnType.Kind;
import io.caravan.model.table.NewTable;
import io.caravan.model.table.TableName;
import io.caravan.model.table.TargetSum;
import io.caravan.model.table.TargetTable;
import io.caravan.spi.CopyTolerance;
import io.caravan.spi.DirectObject;
import io.caravan.spi.DirectRows;
import io.caravan.spi.LoadSession;
import io.caravan.spi.RefusedRecord;
import io.caravan.spi.StagingInsert;
import io.caravan.spi.StagingSession;
import io.caravan.spi.StagingTable;
import io.caravan.spi.TargetSession;
import io.caravan.spi.Warehouse;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A warehouse in memory with one table, whose first column is its only matching key. What it commits, it commits at once;
 * the sandbox is there for everything that SQL does.
 */
public final class TestingWarehouse implements Warehouse {

    private final TargetTable table;
    private final Map<String, List<@Nullable String>> rows = new TreeMap<>();
    private final List<LedgerMark> ledger = new ArrayList<>();
    private final List<LoadRecord> loads = new ArrayList<>();
    private final List<List<@Nullable String>> deadLetters = new ArrayList<>();
    private final List<LoadedContent> contents = new ArrayList<>();
    private Runnable beforeLock = () -> {};
    private @Nullable CaravanException commitFailure;
    private @Nullable CaravanException recordFailure;
    private @Nullable CaravanException readingFailure;
    private int openSessions;
    private int readings;

    public TestingWarehouse(TargetTable table) {
        this.table = table;
    }

    /** Returns one whose table has only its key, for tests of what is around a load. */
    public static TestingWarehouse empty() {
        Column id = new Column("id", ColumnType.of(Kind.INTEGER), false, false);
        return new TestingWarehouse(new TargetTable(TableName.parse("public.t"), List.of(id)));
    }

    /** Returns the table's rows, by key. */
    public Map<String, List<@Nullable String>> rows() {
        return rows;
    }

    public List<LoadRecord> loads() {
        return loads;
    }

    /** Returns rejected rows as they were staged: object number, line, column, code, reason, raw. */
    public List<List<@Nullable String>> deadLetters() {
        return deadLetters;
    }

    /** Returns how often the ledger has been read. */
    public int readings() {
        return readings;
    }

    /** Returns how many sessions have been opened and not closed. */
    public int openSessions() {
        return openSessions;
    }

    /** Adds an entry to the ledger, as another load would. */
    public void addToLedger(ObjectVersion object, Outcome outcome) {
        ledger.add(new LedgerMark(
                ledger.size() + 1L,
                "employee",
                object.bucket(),
                object.key(),
                object.etag(),
                object.sizeBytes(),
                object.lastModified(),
                outcome));
    }

    private void addObjects(LoadRecord load) {
        for (LedgerEntry entry : load.objects()) {
            addToLedger(entry.object(), entry.outcome());
        }
    }

    /** Says what the bytes of a loaded object are. */
    public void addContent(LoadedContent content) {
        contents.add(content);
    }

    /** Runs once, just before the next load locks the ledger. */
    public void beforeLock(Runnable action) {
        beforeLock = action;
    }

    /** The next commit does its work, and then says that it failed. */
    public void failAfterCommit(CaravanException failure) {
        commitFailure = failure;
    }

    /** Refuses to write failed loads; null to take them again. */
    public void failRecords(@Nullable CaravanException failure) {
        recordFailure = failure;
    }

    /** Refuses to show the ledger from now on. */
    public void failReadings(CaravanException failure) {
        readingFailure = failure;
    }

    @Override
    public void probe() {}

    @Override
    public TargetTable describe(TableName name) {
        return table;
    }

    @Override
    public String ddl(NewTable newTable) {
        throw new UnsupportedOperationException("the table is there");
    }

    @Override
    public void create(NewTable newTable) {
        throw new UnsupportedOperationException("the table is there");
    }

    @Override
    public TargetTable evolve(TableName name, List<Column> wanted) {
        throw new UnsupportedOperationException("the table stays as it is");
    }

    @Override
    public void prepareLedger(TableName target) {}

    @Override
    public void readLedger(TableName target, long position, Consumer<LedgerMark> action) {
        if (readingFailure != null) {
            throw readingFailure;
        }
        readings++;
        ledger.stream().filter(mark -> mark.position() > position).forEach(action);
    }

    @Override
    public void readRows(TableName name, List<Column> columns, Consumer<List<@Nullable String>> action) {
        throw new UnsupportedOperationException();
    }

    @Override
    public LoadSession open(Feed feed) {
        openSessions++;
        return new Session();
    }

    @Override
    public void record(LoadRecord load) {
        if (recordFailure != null) {
            throw recordFailure;
        }
        loads.add(load);
        addObjects(load);
    }

    @Override
    public Map<String, String> findUnsentDeadLetters() {
        return Map.of();
    }

    @Override
    public void deadLettersSent(String loadId) {}

    @Override
    public Optional<ObjectVersion> findNewest(Feed feed, Set<String> names) {
        return Optional.empty();
    }

    @Override
    public long countLost(TableName target) {
        return 0;
    }

    @Override
    public List<LoadedContent> findLoaded(TableName target, String bucket, Collection<String> keys) {
        return contents.stream()
                .filter(content -> keys.contains(content.object().key()))
                .toList();
    }

    @Override
    public boolean record(LoadRecord load, long position) {
        if (position != ledger.size()) {
            return false;
        }
        record(load);
        return true;
    }

    @Override
    public void readEndedLoads(String firstId, Consumer<String> action) {
        loads.stream()
                .map(LoadRecord::id)
                .filter(id -> id.compareTo(firstId) >= 0)
                .forEach(action);
    }

    @Override
    public boolean isCommitted(TableName target, String loadId) {
        return loads.stream().anyMatch(load -> load.id().equals(loadId));
    }

    private final class Session implements LoadSession, StagingSession, TargetSession {

        private final Map<StagingTable, List<List<@Nullable String>>> staged = new HashMap<>();
        private Map<String, List<@Nullable String>> changes = Map.of();
        private Map<String, List<@Nullable String>> pending = Map.of();
        private @Nullable LoadRecord record;
        private boolean closed;

        @Override
        public StagingSession staging() {
            return this;
        }

        @Override
        public TargetSession target() {
            return this;
        }

        @Override
        public void createStaging(MergePlan plan) {
            staged.put(StagingTable.ROWS, new ArrayList<>());
            staged.put(StagingTable.REJECTED, new ArrayList<>());
        }

        @Override
        public StagingInsert insert(StagingTable stagingTable) {
            return new Insert(staged(stagingTable));
        }

        @Override
        public void copy(StagingTable stagingTable, String manifest, String nullMarker, CopyTolerance tolerance) {
            throw new UnsupportedOperationException();
        }

        @Override
        public DirectRows copyDirectly(DirectObject object, String nullMarker, BooleanSupplier isUnchanged) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void readRefused(String folder, Consumer<RefusedRecord> action) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void readLines(int object, LongConsumer action) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void dropStagedFromRejected() {
            throw new UnsupportedOperationException();
        }

        @Override
        public void dropRows(Set<Integer> objects) {
            staged(StagingTable.ROWS).removeIf(row -> objects.contains(object(row)));
        }

        @Override
        public void dropRejectedAfter(int object, long line) {
            staged(StagingTable.REJECTED)
                    .removeIf(row -> object(row) == object && Long.parseLong(row.get(1) + "") > line);
        }

        @Override
        public Map<Integer, Long> count(StagingTable stagingTable) {
            return staged(stagingTable).stream().collect(Collectors.groupingBy(Session::object, Collectors.counting()));
        }

        @Override
        public Map<StagingTable, Map<Integer, Long>> countStaged() {
            return Map.of(
                    StagingTable.ROWS, count(StagingTable.ROWS), StagingTable.REJECTED, count(StagingTable.REJECTED));
        }

        @Override
        public void nameObjects(Map<Integer, String> keys) {}

        @Override
        public List<LoadedContent> findLoaded(Collection<String> hashes) {
            return List.of();
        }

        @Override
        public long countWithoutKeys(int object) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Set<Integer> findRepeatedKeys() {
            throw new UnsupportedOperationException();
        }

        @Override
        public void createReplayed() {
            throw new UnsupportedOperationException();
        }

        @Override
        public void createUnseen() {
            throw new UnsupportedOperationException();
        }

        @Override
        public TargetSum sumChanged() {
            throw new UnsupportedOperationException();
        }

        @Override
        public TargetSum sumTarget() {
            throw new UnsupportedOperationException();
        }

        @Override
        public long findUnseen(int snapshot) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void dropReplayed(Set<Integer> objects) {
            throw new UnsupportedOperationException();
        }

        @Override
        public long markReplayed() {
            throw new UnsupportedOperationException();
        }

        @Override
        public void script(Runnable script) {
            script.run();
        }

        @Override
        public void undoSharedPart() {
            changes = Map.of();
        }

        @Override
        public Map<Integer, Long> removeSuperseded() {
            Map<String, List<@Nullable String>> last = new LinkedHashMap<>();
            Map<Integer, Long> superseded = new HashMap<>();
            for (List<@Nullable String> row : staged(StagingTable.ROWS)) {
                List<@Nullable String> earlier = last.put(row.get(2) + "", row);
                if (earlier != null) {
                    superseded.merge(object(earlier), 1L, Long::sum);
                }
            }
            staged.put(StagingTable.ROWS, new ArrayList<>(last.values()));
            return superseded;
        }

        @Override
        public void endPrivatePart() {}

        @Override
        public List<LedgerMark> lockLedger(long position) {
            Runnable action = beforeLock;
            beforeLock = () -> {};
            action.run();
            return ledger.stream().filter(mark -> mark.position() > position).toList();
        }

        @Override
        public long countLost() {
            return 0;
        }

        @Override
        public long countTarget() {
            return rows.size()
                    + changes.keySet().stream()
                            .filter(key -> !rows.containsKey(key))
                            .count();
        }

        @Override
        public TargetChanges findChanges(
                long targetRows, Map<Integer, Long> stagedRows, @Nullable Snapshot snapshot, Set<Integer> overtaken) {
            Map<Integer, ChangeCounts> counts = new HashMap<>();
            Map<String, List<@Nullable String>> found = new LinkedHashMap<>();
            for (List<@Nullable String> row : staged(StagingTable.ROWS)) {
                List<@Nullable String> values = row.subList(2, row.size());
                List<@Nullable String> old = rows.get(values.get(0) + "");
                if (!values.equals(old)) {
                    found.put(values.get(0) + "", values);
                    counts.merge(
                            object(row),
                            old == null ? new ChangeCounts(1, 0, 0, 0, 0) : new ChangeCounts(0, 1, 0, 0, 0),
                            ChangeCounts::plus);
                }
            }
            pending = found;
            return new TargetChanges(counts, Way.AS_USUAL);
        }

        @Override
        public void merge(TargetChanges counts) {
            changes = pending;
        }

        @Override
        public long record(LoadRecord load, List<Integer> numbers, long position) {
            record = load;
            return staged(StagingTable.REJECTED).size();
        }

        @Override
        public void commit() {
            if (record != null) {
                rows.putAll(changes);
                changes = Map.of();
                loads.add(record);
                addObjects(record);
                deadLetters.addAll(staged(StagingTable.REJECTED));
            }
            if (commitFailure != null) {
                CaravanException failure = commitFailure;
                commitFailure = null;
                throw failure;
            }
        }

        @Override
        public void close() {
            if (!closed) {
                closed = true;
                openSessions--;
            }
        }

        private List<List<@Nullable String>> staged(StagingTable stagingTable) {
            return staged.computeIfAbsent(stagingTable, name -> new ArrayList<>());
        }

        private static int object(List<@Nullable String> row) {
            return Integer.parseInt(row.get(0) + "");
        }
    }

    private static final class Insert implements StagingInsert {

        private final List<List<@Nullable String>> rows;
        private List<@Nullable String> row = new ArrayList<>();

        Insert(List<List<@Nullable String>> rows) {
            this.rows = rows;
        }

        @Override
        public void field(@Nullable String value) {
            row.add(value);
        }

        @Override
        public void endRow() {
            rows.add(row);
            row = new ArrayList<>();
        }

        @Override
        public void flush() {}
    }
}
