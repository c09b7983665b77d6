package io.caravan.load;

import io.caravan.base.CaravanException;
import io.caravan.base.ErrorCode;
import io.caravan.base.RetryableException;
import io.caravan.load.ledger.LedgerIndex;
import io.caravan.load.remember.RowMemory;
import io.caravan.load.tally.ObjectTallies;
import io.caravan.load.tally.Snapshots;
import io.caravan.model.ChangeCounts;
import io.caravan.model.TargetChanges;
import io.caravan.model.feed.Feed;
import io.caravan.model.ledger.LoadRecord;
import io.caravan.model.ledger.PhaseTimes;
import io.caravan.spi.LoadSession;
import io.caravan.spi.TargetSession;
import io.caravan.spi.Warehouse;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.OptionalLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The load protocol's shared part: the one transaction on the target in which rows, rejected rows and ledger commit together.
 */
final class SharedPart implements FinalPart {

    private static final Logger log = LoggerFactory.getLogger(SharedPart.class);

    private final LoadTask task;
    private final Feed feed;
    private final LedgerLock lock;
    private final Warehouse warehouse;
    private final LedgerIndex index;
    private final RowMemory memory;
    private final Snapshots snapshots;
    private final ChangeSearch search;
    private final Clock clock;

    /**
     * Prepares to commit a load.
     *
     * @param position the ledger's last position when the load took its objects
     * @param warehouse finds the outcome of a commit whose connection was lost
     * @param index learns of the commit
     */
    SharedPart(LoadTask task, long position, Warehouse warehouse, LedgerIndex index, RowMemory memory, Clock clock) {
        this.task = task;
        this.feed = task.feed();
        this.lock = new LedgerLock(task, position);
        this.warehouse = warehouse;
        this.index = index;
        this.memory = memory;
        this.snapshots = new Snapshots(feed, task.deliveries());
        this.search = new ChangeSearch(snapshots, memory);
        this.clock = clock;
    }

    @Override
    public LoadRecord end(LoadSession session, ObjectTallies tallies, LoadScripts scripts, PhaseTimes times) {
        return merge(session.target(), tallies, scripts, times);
    }

    /**
     * Merges the staged rows, and commits.
     *
     * @param scripts the feed's own SQL
     * @param times the duration of reading and staging
     * @return the load as the ledger now has it
     * @throws io.caravan.base.RejectedObjectException if the snapshot would delete too much; nothing is committed, and this
     *     can be called again without the snapshot
     * @throws RetryableException if nothing was committed, or it is not known whether it was
     */
    LoadRecord merge(TargetSession session, ObjectTallies tallies, LoadScripts scripts, PhaseTimes times) {
        Instant mergingFrom = clock.instant();
        long lastPosition = lock.take(session, tallies);
        session.script(scripts::beforeMerge);
        long before = memory.rowsBefore(session);
        if (lastPosition > 0 && !task.origin().isReplay()) {
            index.lostRows().look(session, feed, before);
        }
        TargetChanges changes = search.find(session, before, tallies);
        ChangeCounts sum = changes.sum();
        snapshots.check(sum, before);
        boolean isChanged = !sum.equals(ChangeCounts.NONE);
        if (isChanged) {
            memory.beforeChange(session);
        }
        session.merge(changes);
        LoadRecord load = task.ended(
                clock.instant(),
                tallies.entries(changes.byObject()),
                new PhaseTimes(times.reading(), times.staging(), Duration.between(mergingFrom, clock.instant())));
        CountCheck.requireSum(load);
        OptionalLong toCount = count(session, load, CountCheck.rowsAfter(feed.merge(), sum, before), isChanged);
        session.script(scripts::afterMerge);
        long deadLetters = session.record(load, tallies.numbers(), lastPosition, toCount);
        commit(session);
        tellIndex(lastPosition, load);
        return load.withDeadLetters(deadLetters);
    }

    /**
     * Counts the target where that cannot wait until the load is recorded, because the memory of the rows wants to know, or the
     * feed's own SQL may add rows.
     *
     * @param expected how many rows it must have
     * @return the same; empty if they were counted
     */
    private OptionalLong count(TargetSession session, LoadRecord load, long expected, boolean isChanged) {
        OptionalLong counted = memory.rowsAfter(session, isChanged);
        if (counted.isEmpty() && feed.sql().after().isEmpty()) {
            return OptionalLong.of(expected);
        }
        CountCheck.requireRows(load, expected, counted.orElseGet(session::countTarget));
        return OptionalLong.empty();
    }

    /** A commit whose connection died may have taken place: the ledger knows, if it can be asked. */
    private void commit(TargetSession session) {
        // What follows needs a connection too, and there may be only one.
        try (session) {
            session.commit();
        } catch (RetryableException e) {
            if (e.code() != ErrorCode.COMMIT_LOST || !isCommitted(e)) {
                throw e;
            }
        }
    }

    private boolean isCommitted(RetryableException lost) {
        try {
            return warehouse.isCommitted(feed.target(), task.id());
        } catch (CaravanException e) {
            lost.addSuppressed(e);
            throw lost;
        }
    }

    /** The load stands whether or not this works: a load begins with a look at the ledger anyway. */
    private void tellIndex(long lastPosition, LoadRecord load) {
        try {
            index.committed(lastPosition, load);
        } catch (CaravanException e) {
            log.warn("Could not read the ledger after load {}: {}", task.id(), e.getMessage());
        }
    }
}
