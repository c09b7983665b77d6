package io.caravan.load.tally;

import io.caravan.model.ChangeCounts;
import io.caravan.model.ledger.LoadCounts;
import io.caravan.model.row.Batch;
import io.caravan.model.row.RejectedRow;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeSet;

/** The counts so far of the records of one object of a load. */
final class RowTally {

    private long staged;
    private long supersededInBatches;
    private long supersededInStaging;
    private long unchanged;

    /** Of the unchanged rows those that a later row has superseded, by its object. */
    private final Map<ObjectTally, Long> unchangedSuperseded = new HashMap<>();

    private long rejected;
    private long repairedValues;
    private boolean isRefusedByStaging;

    /** The first lines of which a row is rejected. */
    private final NavigableSet<Long> keptLines = new TreeSet<>();

    /** Returns the number of rows that were handed to staging, and must be found there. */
    long staged() {
        return staged;
    }

    /** Returns how many of the staged rows are compared with the target: one for each key. */
    long compared() {
        return staged - supersededInStaging;
    }

    long rejected() {
        return rejected;
    }

    /** Returns how many values were repaired, of rows that would load. */
    long repairedValues() {
        return repairedValues;
    }

    /** Returns whether staging has refused some. */
    boolean isRefusedByStaging() {
        return isRefusedByStaging;
    }

    /** Returns the last of the first lines of which a row is rejected; 0 if none is. */
    long lastKeptLine() {
        return keptLines.isEmpty() ? 0 : keptLines.last();
    }

    /** Returns how many records the object has, as far as it was read. */
    long read() {
        return staged + unchanged + supersededInBatches + rejected;
    }

    /** Returns whether every row is rejected, and there is one; rows that only a rejected row superseded do not count. */
    boolean areAllRejected() {
        return rejected > 0 && staged + unchanged == 0;
    }

    void add(Batch batch) {
        staged += batch.rows().size();
        supersededInBatches += batch.superseded();
        rejected += batch.rejected().size();
        repairedValues += batch.repaired().size();
        for (RejectedRow row : batch.rejected()) {
            keep(row.lineNumber());
        }
    }

    void addStaged(long rows) {
        staged += rows;
    }

    void leaveOut(int rows) {
        staged -= rows;
        unchanged += rows;
    }

    void supersedeUnchanged(ObjectTally by, long rows) {
        unchangedSuperseded.merge(by, rows, Long::sum);
    }

    void addSupersededInStaging(long rows) {
        supersededInStaging += rows;
    }

    void rejectStaged(long rows, Collection<Long> lines) {
        isRefusedByStaging = true;
        staged -= rows;
        rejected += rows;
        lines.forEach(this::keep);
    }

    private void keep(long line) {
        keptLines.add(line);
        if (keptLines.size() > ObjectTally.KEPT_ROWS) {
            keptLines.pollLast();
        }
    }

    /** Returns the counts of an object that loads. The remaining rows are unchanged. */
    LoadCounts counts(ChangeCounts changes) {
        long changing =
                changes.inserted() + changes.updated() + changes.deleted() + changes.stale() + changes.overtaken();
        long supersededLater = supersededLater();
        return new LoadCounts(
                read(),
                changes.inserted(),
                changes.updated(),
                compared() - changing + unchanged - supersededLater,
                changes.deleted() + changes.missing(),
                changes.stale(),
                supersededInBatches + supersededInStaging + supersededLater,
                rejected + changes.overtaken(),
                changes.missing());
    }

    /** What a dropped object has does not supersede anything. */
    private long supersededLater() {
        return unchangedSuperseded.entrySet().stream()
                .filter(entry -> !entry.getKey().isDropped())
                .mapToLong(Map.Entry::getValue)
                .sum();
    }
}
