package io.caravan.testing;

import io.caravan.model.ChangeCounts;
import io.caravan.model.Snapshot;
import io.caravan.model.TargetChanges;
import io.caravan.model.TargetChanges.Way;
import io.caravan.model.ledger.LedgerMark;
import io.caravan.model.ledger.LoadRecord;
import io.caravan.model.table.TargetSum;
import io.caravan.spi.StagingTable;
import io.caravan.spi.TargetSession;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What a load does to the one table of a {@link TestingWarehouse}. */
final class TestingTarget implements TargetSession {

    private final TestingWarehouse warehouse;
    private final TestingStaging staging;
    private Map<String, List<@Nullable String>> changes = Map.of();
    private Map<String, List<@Nullable String>> pending = Map.of();
    private @Nullable LoadRecord record;
    private boolean closed;

    TestingTarget(TestingWarehouse warehouse, TestingStaging staging) {
        this.warehouse = warehouse;
        this.staging = staging;
    }

    @Override
    public List<LedgerMark> lockLedger(long position, long stagedRows) {
        return warehouse.lock(position);
    }

    @Override
    public long countLost() {
        return 0;
    }

    @Override
    public long countTarget() {
        return Stream.concat(warehouse.rows().keySet().stream(), changes.keySet().stream())
                .distinct()
                .count();
    }

    @Override
    public long countWithoutKeys(int object) {
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
    public long markReplayed() {
        throw new UnsupportedOperationException();
    }

    @Override
    public void script(Runnable script) {
        script.run();
    }

    @Override
    public TargetChanges findChanges(
            long targetRows, Map<Integer, Long> stagedRows, @Nullable Snapshot snapshot, Set<Integer> overtaken) {
        Map<Integer, ChangeCounts> counts = new HashMap<>();
        Map<String, List<@Nullable String>> found = new LinkedHashMap<>();
        for (List<@Nullable String> row : staging.staged(StagingTable.ROWS)) {
            List<@Nullable String> values = row.subList(2, row.size());
            List<@Nullable String> old = warehouse.rows().get(values.get(0) + "");
            if (!values.equals(old)) {
                found.put(values.get(0) + "", values);
                counts.merge(
                        TestingStaging.object(row),
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
    public long record(LoadRecord load, List<Integer> numbers, long position, OptionalLong targetRows) {
        record = load;
        return staging.staged(StagingTable.REJECTED).size();
    }

    @Override
    public void commit() {
        if (record != null) {
            warehouse.commit(record, changes, staging.staged(StagingTable.REJECTED));
            changes = Map.of();
        }
        warehouse.afterCommit();
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            warehouse.closed();
        }
    }
}
