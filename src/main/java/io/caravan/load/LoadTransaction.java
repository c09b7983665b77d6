package io.caravan.load;

import io.caravan.base.CaravanException;
import io.caravan.base.ErrorCode;
import io.caravan.base.RetryableException;
import io.caravan.model.ChangeCounts;
import io.caravan.model.Column;
import io.caravan.model.Feed;
import io.caravan.model.LedgerEntry;
import io.caravan.model.LedgerMark;
import io.caravan.model.LoadRecord;
import io.caravan.model.Outcome;
import io.caravan.model.PhaseTimes;
import io.caravan.spi.LoadSession;
import io.caravan.spi.StagingTable;
import io.caravan.spi.Warehouse;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The load protocol from the staged rows on: one row for each key, then the one transaction on the target in which rows,
 * rejected rows and ledger commit together.
 */
final class LoadTransaction {

    private static final Logger log = LoggerFactory.getLogger(LoadTransaction.class);

    private final Warehouse warehouse;
    private final Feed feed;
    private final String id;
    private final long position;
    private final LedgerIndex index;
    private final Clock clock;

    /**
     * Prepares to commit a load.
     *
     * @param position the ledger's last position when the load took its objects
     * @param index learns of the commit
     */
    LoadTransaction(Warehouse warehouse, Feed feed, String id, long position, LedgerIndex index, Clock clock) {
        this.warehouse = warehouse;
        this.feed = feed;
        this.id = id;
        this.position = position;
        this.index = index;
        this.clock = clock;
    }

    LoadSession openSession() {
        return warehouse.open(feed);
    }

    /**
     * Merges what is staged, and commits.
     *
     * @param columns the loaded columns
     * @param mayRepeatKeys whether two staged rows may share their keys
     * @param readFor how long reading took
     * @return the load as the ledger now has it
     * @throws RetryableException if nothing was committed, or it is not known whether it was
     */
    LoadRecord commit(
            LoadSession session,
            Staging staging,
            List<ObjectTally> tallies,
            List<Column> columns,
            List<Column> keys,
            boolean mayRepeatKeys,
            Instant started,
            Duration readFor) {
        Instant stagingFrom = clock.instant();
        staging.finish(session);
        dropRejectedObjects(session, tallies);
        checkStaged(session, tallies);
        Map<Integer, Long> superseded = mayRepeatKeys ? session.removeSuperseded(keys) : Map.of();
        session.endPrivatePart();

        Instant mergingFrom = clock.instant();
        long lastPosition = lockLedger(session);
        long before = session.countTarget();
        Map<Integer, ChangeCounts> changes = session.findChanges(columns, keys);
        if (!changes.isEmpty()) {
            session.merge(columns, keys);
        }
        List<LedgerEntry> entries = tallies.stream()
                .map(tally -> tally.entry(
                        superseded.getOrDefault(tally.number(), 0L),
                        changes.getOrDefault(tally.number(), ChangeCounts.NONE)))
                .toList();
        PhaseTimes times = new PhaseTimes(
                readFor, Duration.between(stagingFrom, mergingFrom), Duration.between(mergingFrom, clock.instant()));
        LoadRecord load = new LoadRecord(
                id, feed.name(), feed.target(), started, clock.instant(), outcome(entries), entries, times, null, null);
        checkCounts(load, before, session.countTarget());
        session.record(load, tallies.stream().map(ObjectTally::number).toList(), lastPosition);
        commit(session);
        refreshIndex();
        return load;
    }

    /** The load stands whether or not this works: a load begins with a look at the ledger anyway. */
    private void refreshIndex() {
        try {
            index.refresh();
        } catch (CaravanException e) {
            log.warn("Could not read the ledger after load {}: {}", id, e.getMessage());
        }
    }

    /** Writes a failed load into the run history; if that fails too, the log has to do. */
    void recordFailed(LoadRecord load) {
        try {
            warehouse.recordFailed(load);
        } catch (CaravanException e) {
            log.warn("Could not record the failed load {}: {}", id, e.getMessage());
        }
    }

    /** Of a rejected object, the target gets nothing and the dead letters the first rejected rows. */
    private static void dropRejectedObjects(LoadSession session, List<ObjectTally> tallies) {
        Set<Integer> rejected = tallies.stream()
                .filter(ObjectTally::isRejected)
                .map(ObjectTally::number)
                .collect(Collectors.toSet());
        if (rejected.isEmpty()) {
            return;
        }
        session.dropRows(rejected);
        tallies.stream()
                .filter(ObjectTally::isRejected)
                .forEach(tally -> session.dropRejectedAfter(tally.number(), tally.lastKeptLine()));
    }

    /** What was sent must have arrived. */
    private static void checkStaged(LoadSession session, List<ObjectTally> tallies) {
        Map<Integer, Long> rows = session.count(StagingTable.ROWS);
        Map<Integer, Long> rejected = session.count(StagingTable.REJECTED);
        for (ObjectTally tally : tallies) {
            if (!tally.isRejected()
                    && (rows.getOrDefault(tally.number(), 0L) != tally.staged()
                            || rejected.getOrDefault(tally.number(), 0L) != tally.rejectedRows())) {
                throw doNotAddUp("object " + tally.number() + " has " + tally.staged() + " rows and "
                        + tally.rejectedRows() + " rejected rows, the staging tables have "
                        + rows.getOrDefault(tally.number(), 0L) + " and "
                        + rejected.getOrDefault(tally.number(), 0L));
            }
        }
    }

    /**
     * Waits for other loads of the target, and makes sure that none of them has dealt with objects of this feed since this
     * load took its own: it may hold an older version then, or one that is loaded already.
     *
     * @return the ledger's last position
     */
    private long lockLedger(LoadSession session) {
        List<LedgerMark> marks = session.lockLedger(position);
        for (LedgerMark mark : marks) {
            if (feed.covers(mark.bucket(), mark.key())) {
                throw new RetryableException(
                        ErrorCode.LEDGER_MOVED,
                        "Another load of feed " + feed.name() + " has committed meanwhile; this one starts again");
            }
        }
        return marks.isEmpty() ? position : marks.get(marks.size() - 1).position();
    }

    private static void checkCounts(LoadRecord load, long before, long after) {
        boolean objectsAddUp = load.objects().stream().allMatch(entry -> {
            return entry.counts().addUp() && entry.counts().unchanged() >= 0;
        });
        if (!objectsAddUp || after != before + load.counts().inserted()) {
            throw doNotAddUp("the target had " + before + " rows and has " + after + " after " + load.counts());
        }
    }

    private static RetryableException doNotAddUp(String what) {
        return new RetryableException(
                ErrorCode.COUNTS_DO_NOT_ADD_UP, "The counts do not add up, so nothing is committed: " + what);
    }

    private static Outcome outcome(List<LedgerEntry> entries) {
        return entries.stream().allMatch(entry -> entry.outcome() == Outcome.REJECTED)
                ? Outcome.REJECTED
                : Outcome.LOADED;
    }

    /** A commit whose connection died may have taken place: the ledger knows. */
    private void commit(LoadSession session) {
        try {
            session.commit();
        } catch (RetryableException e) {
            if (e.code() != ErrorCode.COMMIT_LOST || !warehouse.isCommitted(feed.target(), id)) {
                throw e;
            }
        }
    }
}
