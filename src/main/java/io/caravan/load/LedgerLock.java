package io.caravan.load;

import io.caravan.base.ErrorCode;
import io.caravan.base.RetryableException;
import io.caravan.load.tally.ObjectTallies;
import io.caravan.model.feed.Feed;
import io.caravan.model.ledger.LedgerMark;
import io.caravan.spi.TargetSession;
import io.caravan.spi.preview.PreviewSession;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * The beginning of the load protocol's shared part: once the load has the lock, it checks that its objects are still to be
 * loaded.
 */
final class LedgerLock {

    private final LoadTask task;
    private final long position;

    /**
     * Prepares to lock.
     *
     * @param position the ledger's last position when the load took its objects
     */
    LedgerLock(LoadTask task, long position) {
        this.task = task;
        this.position = position;
    }

    /**
     * Waits for other loads of the target, and requires that none of them has dealt with objects of this feed since this
     * load took its own: otherwise this load may hold an older version, or one that is loaded already. The check is not
     * needed for rows that are held back from newer ones anyway.
     *
     * @return the ledger's last position
     * @throws RetryableException if the load is to start again
     */
    long take(TargetSession session, ObjectTallies tallies) {
        long staged =
                tallies.compared().values().stream().mapToLong(rows -> rows).sum();
        return settle(session.lockLedger(position, staged), tallies, session::markReplayed);
    }

    /** Checks the same without waiting for other loads. */
    long look(PreviewSession session, ObjectTallies tallies) {
        return settle(session.readLedger(position), tallies, session::countReplayed);
    }

    private long settle(List<LedgerMark> marks, ObjectTallies tallies, LongSupplier markReplayed) {
        Feed feed = task.feed();
        for (LedgerMark mark : marks) {
            boolean matters =
                    feed.covers(mark.bucket(), mark.key()) || feed.objects().skipsRepeated();
            if (mark.outcome().isOfObject() && matters && mayBeOvertaken(tallies)) {
                throw new RetryableException(
                        ErrorCode.LEDGER_MOVED,
                        "Another load of feed " + feed.name() + " has committed meanwhile; this one starts again");
            }
        }
        if (task.origin().isReplay()) {
            requireOpen(markReplayed, tallies);
        }
        return marks.isEmpty() ? position : marks.get(marks.size() - 1).position();
    }

    private boolean mayBeOvertaken(ObjectTallies tallies) {
        return !task.origin().isReplay()
                || task.origin().isOfSnapshot()
                || !(task.origin().overwrites()
                        || task.feed().merge().mode().onlyInserts()
                        || tallies.areAllOvertaken());
    }

    /**
     * Marks what is replayed, before anything else is done: Redshift lets one transaction update a table at a time, and refuses
     * it if another has written the table since the first look at any. Others that reject rows wait until the commit.
     */
    private static void requireOpen(LongSupplier markReplayed, ObjectTallies tallies) {
        long chosen = tallies.replayed();
        long marked = markReplayed.getAsLong();
        if (marked != chosen) {
            throw new RetryableException(
                    ErrorCode.LEDGER_MOVED,
                    "Of " + chosen + " dead letters " + marked
                            + " are still open: others were replayed or dropped meanwhile; the replay starts again");
        }
    }
}
