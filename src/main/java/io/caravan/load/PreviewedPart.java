package io.caravan.load;

import io.caravan.base.RejectedObjectException;
import io.caravan.load.preview.LoadPreview;
import io.caravan.load.preview.PlannedWarehouse;
import io.caravan.load.remember.RowMemory;
import io.caravan.load.tally.ObjectTallies;
import io.caravan.load.tally.Snapshots;
import io.caravan.model.TargetChanges;
import io.caravan.model.ledger.LoadRecord;
import io.caravan.model.ledger.PhaseTimes;
import io.caravan.model.preview.Deletions;
import io.caravan.spi.LoadSession;
import io.caravan.spi.TargetSession;
import io.caravan.spi.preview.PreviewSession;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The replacement of the load protocol's shared part in a preview: it finds the same changes by the same statements, and
 * then rolls back. It does not lock the ledger, so no load waits for it.
 */
final class PreviewedPart implements FinalPart {

    private final LoadTask task;
    private final LedgerLock lock;
    private final PlannedWarehouse warehouse;
    private final Snapshots snapshots;
    private final ChangeSearch search;
    private final int rows;
    private final Consumer<LoadPreview> previews;
    private final Clock clock;
    private @Nullable Deletions refused;

    /**
     * Prepares to preview a load.
     *
     * @param position the ledger's last position when the load took its objects
     * @param warehouse knows the planned changes of the target's columns
     * @param rows the greatest number of rows of each effect
     * @param previews gets the result
     */
    PreviewedPart(
            LoadTask task,
            long position,
            PlannedWarehouse warehouse,
            int rows,
            Consumer<LoadPreview> previews,
            Clock clock) {
        this.task = task;
        this.lock = new LedgerLock(task, position);
        this.warehouse = warehouse;
        this.snapshots = new Snapshots(task.feed(), task.deliveries());
        this.search = new ChangeSearch(snapshots, RowMemory.NONE);
        this.rows = rows;
        this.previews = previews;
        this.clock = clock;
    }

    @Override
    public LoadRecord end(LoadSession session, ObjectTallies tallies, LoadScripts scripts, PhaseTimes times) {
        Instant comparingFrom = clock.instant();
        TargetSession target = session.target();
        PreviewSession preview = session.preview();
        long position = lock.look(preview, tallies);
        long before = target.countTarget();
        TargetChanges changes = search.find(target, before, tallies);
        Deletions deletions = snapshots.deletions(changes.sum(), before);
        try {
            snapshots.check(changes.sum(), before);
        } catch (RejectedObjectException e) {
            refused = deletions;
            throw e;
        }
        LoadRecord load = task.ended(
                clock.instant(),
                tallies.entries(changes.byObject()),
                new PhaseTimes(times.reading(), times.staging(), Duration.between(comparingFrom, clock.instant())));
        CountCheck.requireSum(load);
        previews.accept(new LoadPreview(
                load,
                position,
                null,
                warehouse.changes(),
                preview.statements(changes),
                refused == null ? deletions : refused,
                rows == 0 ? List.of() : preview.readRows(changes, rows),
                preview.countRejected(),
                rows == 0 ? List.of() : preview.readRejected(rows)));
        // What follows needs a connection too, and there may be only one.
        session.close();
        return load;
    }
}
