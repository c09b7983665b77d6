package io.caravan.load;

import io.caravan.base.CaravanException;
import io.caravan.load.preview.KeptRows;
import io.caravan.load.preview.LoadPreview;
import io.caravan.load.preview.PlannedWarehouse;
import io.caravan.load.tally.ObjectTallies;
import io.caravan.model.ChangeCounts;
import io.caravan.model.ledger.LedgerEntry;
import io.caravan.model.ledger.LoadCounts;
import io.caravan.model.ledger.LoadRecord;
import io.caravan.model.ledger.PhaseTimes;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;

/** The ending of a preview that shows only the results of reading: its rows are compared with nothing. */
final class ReadingOnly implements Ending {

    private final LoadTask task;
    private final ObjectTallies tallies;
    private final RowStaging rows;
    private final KeptRows kept;
    private final PlannedWarehouse warehouse;
    private final long position;
    private final String unknown;
    private final Consumer<LoadPreview> previews;
    private final Clock clock;

    /**
     * Prepares to end a load.
     *
     * @param kept has the rows that were read
     * @param warehouse knows the planned changes of the target's columns
     * @param unknown the reason why no more is known
     * @param previews gets the result
     */
    ReadingOnly(
            Endings.Staged staged,
            KeptRows kept,
            PlannedWarehouse warehouse,
            String unknown,
            Consumer<LoadPreview> previews,
            Clock clock) {
        this.task = staged.task();
        this.tallies = staged.tallies();
        this.rows = staged.rows();
        this.position = staged.position();
        this.kept = kept;
        this.warehouse = warehouse;
        this.unknown = unknown;
        this.previews = previews;
        this.clock = clock;
    }

    @Override
    public LoadRecord commit(LoadScripts scripts) {
        rows.tables().settle();
        tallies.giveOlderSnapshotsTheirTurn();
        Instant now = clock.instant();
        LoadRecord load = task.ended(
                now,
                tallies.all().stream()
                        .map(tally -> known(tally.entry(ChangeCounts.NONE)))
                        .toList(),
                new PhaseTimes(Duration.between(task.started(), now), Duration.ZERO, Duration.ZERO));
        previews.accept(new LoadPreview(
                load,
                position,
                unknown,
                warehouse.changes(),
                List.of(),
                null,
                kept.rows(),
                List.copyOf(kept.counts()),
                kept.rejected()));
        return load;
    }

    /** Of what would load, nothing else is known. */
    private static LedgerEntry known(LedgerEntry entry) {
        LoadCounts counts = entry.counts();
        return LoadPreview.isDecidedByReading(entry)
                ? entry
                : new LedgerEntry(
                        entry.object(),
                        entry.versionId(),
                        entry.outcome(),
                        new LoadCounts(counts.read(), 0, 0, 0, 0, counts.rejected()),
                        null,
                        null,
                        entry.header(),
                        entry.sha256(),
                        entry.sameAs(),
                        entry.repaired());
    }

    @Override
    public LoadRecord failed(CaravanException reason) {
        return task.failed(clock.instant(), reason);
    }

    @Override
    public void tell(LoadRecord load) {
        // It is not committed.
    }
}
