package io.caravan.load;

import io.caravan.load.remember.RowMemory;
import io.caravan.load.tally.ObjectTallies;
import io.caravan.load.tally.Snapshots;
import io.caravan.model.TargetChanges;
import io.caravan.model.ledger.LoadRecord;
import io.caravan.model.ledger.PhaseTimes;
import io.caravan.spi.LoadSession;
import io.caravan.spi.TargetSession;
import java.time.Clock;
import java.util.function.Consumer;

/**
 * The replacement of the load protocol's shared part in the repetition of a past load: it changes the stand-in of the target as
 * the load has changed the target, and commits that. There is no ledger to lock, and what a snapshot may delete was decided then.
 */
final class RepeatedPart implements FinalPart {

    private final LoadTask task;
    private final ChangeSearch search;
    private final Clock clock;
    private final Consumer<LoadRecord> records;

    /**
     * Prepares to repeat a load.
     *
     * @param records gets what the load has come to
     */
    RepeatedPart(LoadTask task, Clock clock, Consumer<LoadRecord> records) {
        this.task = task;
        this.search = new ChangeSearch(new Snapshots(task.feed(), task.deliveries()), RowMemory.NONE);
        this.clock = clock;
        this.records = records;
    }

    @Override
    public LoadRecord end(LoadSession session, ObjectTallies tallies, LoadScripts scripts, PhaseTimes times) {
        TargetSession standIn = session.target();
        long before = standIn.countTarget();
        TargetChanges changes = search.find(standIn, before, tallies);
        standIn.merge(changes);
        LoadRecord load = task.ended(clock.instant(), tallies.entries(changes.byObject()), times);
        CountCheck.requireSum(load);
        CountCheck.requireRows(
                load, CountCheck.rowsAfter(task.feed().merge(), changes.sum(), before), standIn.countTarget());
        standIn.commit();
        records.accept(load);
        session.close();
        return load;
    }
}
