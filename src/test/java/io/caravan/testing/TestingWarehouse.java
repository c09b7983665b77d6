package io.caravan.testing;

import io.caravan.base.CaravanException;
import io.caravan.model.ObjectVersion;
import io.caravan.model.feed.Feed;
import io.caravan.model.ledger.LedgerEntry;
import io.caravan.model.ledger.LedgerMark;
import io.caravan.model.ledger.LoadRecord;
import io.caravan.model.ledger.LoadedContent;
import io.caravan.model.ledger.Outcome;
import io.caravan.model.table.Column;
import io.caravan.model.table.ColumnType;
import io.caravan.model.table.ColumnType.Kind;
import io.caravan.model.table.NewTable;
import io.caravan.model.table.PlannedTarget;
import io.caravan.model.table.TableName;
import io.caravan.model.table.TargetTable;
import io.caravan.spi.LoadSession;
import io.caravan.spi.Warehouse;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
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
    private final Map<String, List<LedgerEntry>> untidied = new LinkedHashMap<>();
    private final Map<String, String> untidiedFeeds = new LinkedHashMap<>();
    private final List<List<@Nullable String>> deadLetters = new ArrayList<>();
    private final List<LoadedContent> contents = new ArrayList<>();
    private Runnable beforeLock = () -> {};
    private @Nullable CaravanException commitFailure;
    private @Nullable CaravanException recordFailure;
    private @Nullable CaravanException readingFailure;
    private @Nullable ObjectVersion newest;
    private @Nullable Set<String> namesAsked;
    private boolean ledgerIsPrepared;
    private long lost;
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

    public boolean hasPreparedLedger() {
        return ledgerIsPrepared;
    }

    /** Sets how many loaded objects a target without rows has lost. */
    public void lost(long objects) {
        lost = objects;
    }

    /** Returns how many sessions have been opened and not closed. */
    public int openSessions() {
        return openSessions;
    }

    /** Adds an entry to the ledger, as another load would. */
    public void addToLedger(ObjectVersion object, Outcome outcome) {
        addToLedger(object, outcome, null);
    }

    /** Adds one likewise of bytes that are known. */
    public void addToLedger(ObjectVersion object, Outcome outcome, @Nullable String sha256) {
        ledger.add(new LedgerMark(
                ledger.size() + 1L,
                "employee",
                object.bucket(),
                object.key(),
                object.etag(),
                object.sizeBytes(),
                object.lastModified(),
                outcome,
                sha256 == null ? null : LedgerMark.contentStart(sha256)));
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

    /** Says which object was loaded that comes last in the feed's order. */
    public void newest(ObjectVersion object) {
        newest = object;
    }

    /** Returns of which other feeds the newest object was asked for last; null if nobody has asked. */
    public @Nullable Set<String> namesAsked() {
        return namesAsked;
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
    public String ddl(TableName name, Column column, ColumnType type) {
        throw new UnsupportedOperationException("no feed evolves it");
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
    public List<String> changes(TargetTable shape, List<Column> wanted) {
        return List.of();
    }

    @Override
    public LoadSession preview(Feed feed, PlannedTarget planned) {
        throw new UnsupportedOperationException("the sandbox is there for previews");
    }

    @Override
    public void prepareLedger(TableName target) {
        ledgerIsPrepared = true;
    }

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
        rows.values().forEach(action);
    }

    @Override
    public LoadSession open(Feed feed) {
        openSessions++;
        TestingStaging staging = new TestingStaging();
        return new TestingSession(staging, new TestingTarget(this, staging));
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
    public Map<String, String> findUntidied() {
        return new LinkedHashMap<>(untidiedFeeds);
    }

    @Override
    public void readUntidied(TableName target, String loadId, BiConsumer<ObjectVersion, Outcome> action) {
        untidied.getOrDefault(loadId, List.of()).forEach(entry -> action.accept(entry.object(), entry.outcome()));
    }

    @Override
    public void tidied(String loadId) {
        untidied.remove(loadId);
        untidiedFeeds.remove(loadId);
    }

    /** Has a load of a feed whose objects are still to be tidied. */
    public void addUntidied(String feed, String loadId, List<LedgerEntry> objects) {
        untidied.put(loadId, objects);
        untidiedFeeds.put(loadId, feed);
    }

    @Override
    public Optional<ObjectVersion> findNewest(Feed feed, Set<String> names) {
        namesAsked = names;
        return Optional.ofNullable(newest);
    }

    @Override
    public long countLost(TableName target) {
        return lost;
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

    /** Does once what a test wants, and returns the ledger from a position on. */
    List<LedgerMark> lock(long position) {
        Runnable action = beforeLock;
        beforeLock = () -> {};
        action.run();
        return ledger.stream().filter(mark -> mark.position() > position).toList();
    }

    /**
     * Commits a load.
     *
     * @param changed rows that the table has from now on, by key
     */
    void commit(LoadRecord load, Map<String, List<@Nullable String>> changed, List<List<@Nullable String>> rejected) {
        rows.putAll(changed);
        loads.add(load);
        addObjects(load);
        deadLetters.addAll(rejected);
    }

    /** Fails once, if a test wants that. */
    void afterCommit() {
        CaravanException failure = commitFailure;
        commitFailure = null;
        if (failure != null) {
            throw failure;
        }
    }

    void closed() {
        openSessions--;
    }
}
