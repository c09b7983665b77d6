package io.caravan.load;

import io.caravan.base.CaravanException;
import io.caravan.base.RejectedObjectException;
import io.caravan.load.tally.ObjectTallies;
import io.caravan.model.ledger.LoadRecord;
import io.caravan.model.ledger.Outcome;
import io.caravan.model.ledger.PhaseTimes;
import io.caravan.spi.LoadSession;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The load protocol from the staged rows on: the end of the private part, then the shared part or its replacement; the
 * latter runs a second time if an object is rejected in it.
 */
final class LoadCommit implements Ending {

    private static final Logger log = LoggerFactory.getLogger(LoadCommit.class);

    private final LoadTask task;
    private final ObjectTallies tallies;
    private final RowStaging rows;
    private final PrivatePart privatePart;
    private final FinalPart finalPart;
    private final Clock clock;

    LoadCommit(
            LoadTask task,
            ObjectTallies tallies,
            RowStaging rows,
            PrivatePart privatePart,
            FinalPart finalPart,
            Clock clock) {
        this.task = task;
        this.tallies = tallies;
        this.rows = rows;
        this.privatePart = privatePart;
        this.finalPart = finalPart;
        this.clock = clock;
    }

    @Override
    public LoadRecord commit(LoadScripts scripts) {
        Instant readUntil = clock.instant();
        rows.stageUnseen();
        privatePart.end(rows.session(), rows.tables().staging(), tallies, rows.mayRepeatKeys());
        PhaseTimes times = new PhaseTimes(
                Duration.between(task.started(), readUntil),
                Duration.between(readUntil, clock.instant()),
                Duration.ZERO);
        LoadSession session = rows.tables().session();
        try {
            return finalPart.end(session, tallies, scripts, times);
        } catch (RejectedObjectException e) {
            // What one snapshot may not do, the ones before it get their turn to do in a load of their own.
            tallies.rejectGood(e);
            tallies.giveOlderSnapshotsTheirTurn();
            privatePart.endWithoutRejected(session.staging(), tallies);
            return finalPart.end(session, tallies, scripts, times);
        }
    }

    @Override
    public LoadRecord failed(CaravanException reason) {
        return task.failed(clock.instant(), reason);
    }

    /** Notifies the memory of the rows, and logs the objects that were loaded before. */
    @Override
    public void tell(LoadRecord load) {
        rows.committed();
        load.objects().stream()
                .filter(entry -> entry.sameAs() != null && entry.outcome() != Outcome.REJECTED)
                .forEach(entry -> log.info(
                        "{} has the same content as {}, which is loaded{}",
                        entry.object().uri(),
                        entry.sameAs(),
                        entry.outcome() == Outcome.UNCHANGED ? "; it is left out" : ""));
    }
}
