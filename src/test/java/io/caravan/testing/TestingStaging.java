package io.caravan.testing;

import io.caravan.model.feed.MergePlan;
import io.caravan.model.ledger.LoadedContent;
import io.caravan.spi.CopyTolerance;
import io.caravan.spi.DirectObject;
import io.caravan.spi.DirectRows;
import io.caravan.spi.RefusedRecord;
import io.caravan.spi.StagingInsert;
import io.caravan.spi.StagingSession;
import io.caravan.spi.StagingTable;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Staging tables in memory: rows by INSERT, and one row for each key. */
final class TestingStaging implements StagingSession {

    private final Map<StagingTable, List<List<@Nullable String>>> staged = new EnumMap<>(StagingTable.class);

    @Override
    public void begin(MergePlan plan) {
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
        staged(StagingTable.REJECTED).removeIf(row -> object(row) == object && Long.parseLong(row.get(1) + "") > line);
    }

    @Override
    public Map<Integer, Long> count(StagingTable stagingTable) {
        return staged(stagingTable).stream()
                .collect(Collectors.groupingBy(TestingStaging::object, Collectors.counting()));
    }

    @Override
    public void nameObjects(Map<Integer, String> keys) {}

    @Override
    public List<LoadedContent> findLoaded(Collection<String> hashes) {
        return List.of();
    }

    @Override
    public Set<Integer> findRepeatedKeys() {
        throw new UnsupportedOperationException();
    }

    @Override
    public void dropReplayed(Set<Integer> objects) {
        throw new UnsupportedOperationException();
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
    public void undoSharedPart() {}

    List<List<@Nullable String>> staged(StagingTable stagingTable) {
        return staged.computeIfAbsent(stagingTable, name -> new ArrayList<>());
    }

    /** Returns the number of a staged row's object. */
    static int object(List<@Nullable String> row) {
        return Integer.parseInt(row.get(0) + "");
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
