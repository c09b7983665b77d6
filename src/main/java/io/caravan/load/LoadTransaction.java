package io.caravan.load;

import static java.util.stream.Collectors.toSet;

import io.caravan.base.CaravanException;
import io.caravan.base.ErrorCode;
import io.caravan.base.RejectedObjectException;
import io.caravan.base.RetryableException;
import io.caravan.load.ledger.LedgerIndex;
import io.caravan.load.ledger.SameContent;
import io.caravan.load.remember.RememberedRows;
import io.caravan.load.replay.Replay;
import io.caravan.load.staging.Staging;
import io.caravan.load.tally.ObjectTallies;
import io.caravan.load.tally.ObjectTally;
import io.caravan.load.tally.Snapshots;
import io.caravan.model.ChangeCounts;
import io.caravan.model.Snapshot;
import io.caravan.model.Snapshot.Stays;
import io.caravan.model.feed.Feed;
import io.caravan.model.feed.MergePolicy.Duplicates;
import io.caravan.model.feed.MergePolicy.Mode;
import io.caravan.model.ledger.LedgerEntry;
import io.caravan.model.ledger.LedgerMark;
import io.caravan.model.ledger.LoadRecord;
import io.caravan.model.ledger.Outcome;
import io.caravan.model.ledger.PhaseTimes;
import io.caravan.spi.LoadSession;
import io.caravan.spi.StagingTable;
import io.caravan.spi.Warehouse;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
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
    private final Snapshots snapshots;
    private final String id;
    private final long position;
    private final LedgerIndex index;
    private final Clock clock;
    private final @Nullable Replay replay;
    private final @Nullable RememberedRows remembered;
    private final @Nullable SameContent sameContent;

    /**
     * Prepares to commit a load.
     *
     * @param position the ledger's last position when the load took its objects
     * @param index learns of the commit
     * @param replay the dead letters that the load is made of; null if it takes objects
     * @param remembered by what rows are left out that stand in the target already; null if none are
     * @param sameContent tells objects whose bytes are loaded under other keys; null if nobody looks
     */
    LoadTransaction(
            Warehouse warehouse,
            Feed feed,
            String id,
            long position,
            LedgerIndex index,
            Clock clock,
            @Nullable Replay replay,
            @Nullable RememberedRows remembered,
            @Nullable SameContent sameContent) {
        this.warehouse = warehouse;
        this.feed = feed;
        this.snapshots = new Snapshots(feed);
        this.id = id;
        this.position = position;
        this.index = index;
        this.clock = clock;
        this.replay = replay;
        this.remembered = remembered;
        this.sameContent = sameContent;
    }

    LoadSession openSession() {
        return warehouse.open(feed);
    }

    /**
     * Ends the private part: every row that may go into the target stands in the staging table, once for each key.
     *
     * @param mayRepeatKeys whether two staged rows may share their keys
     */
    void stage(LoadSession session, Staging staging, ObjectTallies tallies, boolean mayRepeatKeys) {
        staging.finish(tallies.all());
        if (sameContent != null) {
            sameContent.findElsewhere(session, tallies.all());
        }
        dropObjects(session, tallies);
        checkStaged(session, tallies);
        if (mayRepeatKeys) {
            rejectRepeatedKeys(session, tallies);
            tallies.addSuperseded(session.removeSuperseded());
        }
        if (feed.provenance().objectKey() != null) {
            session.nameObjects(tallies.keys());
        }
        session.endPrivatePart();
        tallies.giveOlderSnapshotsTheirTurn();
    }

    /** Takes the shared part back, and prepares another without the objects that were rejected in it. */
    void stageWithoutRejected(LoadSession session, ObjectTallies tallies) {
        session.undoSharedPart();
        dropObjects(session, tallies);
        session.endPrivatePart();
    }

    /**
     * Merges what is staged, and commits.
     *
     * @param scripts the feed's own SQL
     * @param started when the load began
     * @param times how long reading and staging took
     * @return the load as the ledger now has it
     * @throws RejectedObjectException if the snapshot would delete too much; nothing is committed, but can be without it
     * @throws RetryableException if nothing was committed, or it is not known whether it was
     */
    LoadRecord merge(
            LoadSession session, ObjectTallies tallies, LoadScripts scripts, Instant started, PhaseTimes times) {
        Instant mergingFrom = clock.instant();
        long lastPosition = lockLedger(session, tallies);
        if (replay != null) {
            markReplayed(session, tallies);
        }
        session.script(scripts::beforeMerge);
        long before = remembered == null ? session.countTarget() : remembered.rowsBefore(session);
        if (lastPosition > 0 && replay == null) {
            index.lostRows().look(session, feed, before);
        }
        @Nullable Snapshot snapshot = snapshots.of(tallies, before, session::countWithoutKeys);
        Map<Integer, ChangeCounts> changes = findChanges(session, before, tallies, snapshot);
        ChangeCounts sum = changes.values().stream().reduce(ChangeCounts.NONE, ChangeCounts::plus);
        snapshots.check(sum, before);
        boolean isChanged = !sum.equals(ChangeCounts.NONE);
        if (remembered != null && isChanged) {
            remembered.beforeChange(session);
        }
        session.merge(sum);
        List<LedgerEntry> entries = tallies.entries(changes);
        LoadRecord load = new LoadRecord(
                id,
                feed.name(),
                feed.target(),
                started,
                clock.instant(),
                outcome(entries),
                entries,
                new PhaseTimes(times.reading(), times.staging(), Duration.between(mergingFrom, clock.instant())),
                null,
                null);
        long after = remembered == null ? session.countTarget() : remembered.rowsAfter(session, isChanged);
        checkCounts(load, sum, before, after);
        session.script(scripts::afterMerge);
        long deadLetters = session.record(load, tallies.numbers(), lastPosition);
        commit(session);
        refreshIndex();
        return load.withDeadLetters(deadLetters);
    }

    /** Where unchanged rows are not staged, what a snapshot lacks cannot be told from what is staged. */
    private Map<Integer, ChangeCounts> findChanges(
            LoadSession session, long before, ObjectTallies tallies, @Nullable Snapshot snapshot) {
        Map<Integer, Long> staged = tallies.compared();
        if (remembered == null || !remembered.isUsed()) {
            return session.findChanges(before, staged, snapshot, tallies.overtaken());
        }
        Map<Integer, ChangeCounts> changes =
                new HashMap<>(session.findChanges(before, staged, null, tallies.overtaken()));
        if (snapshot != null && snapshot.stays() != Stays.EVERYTHING) {
            long missing = remembered.findMissing(session, snapshot.number());
            changes.merge(snapshot.number(), new ChangeCounts(0, 0, 0, 0, missing), ChangeCounts::plus);
        }
        return changes;
    }

    /**
     * Of a rejected object, the target gets nothing and the dead letters the first rejected rows; of one whose bytes were
     * loaded before, they get nothing.
     */
    private void dropObjects(LoadSession session, ObjectTallies tallies) {
        List<ObjectTally> objects = tallies.dropped();
        Set<Integer> dropped = objects.stream().map(ObjectTally::number).collect(toSet());
        if (dropped.isEmpty()) {
            return;
        }
        session.dropRows(dropped);
        if (replay != null) {
            session.dropReplayed(dropped);
        }
        objects.forEach(tally -> session.dropRejectedAfter(tally.number(), tally.lastKeptLine()));
    }

    /** What was sent must have arrived. */
    private static void checkStaged(LoadSession session, ObjectTallies tallies) {
        Map<StagingTable, Map<Integer, Long>> counts = session.countStaged();
        Map<Integer, Long> rows = counts.getOrDefault(StagingTable.ROWS, Map.of());
        Map<Integer, Long> rejected = counts.getOrDefault(StagingTable.REJECTED, Map.of());
        for (ObjectTally tally : tallies.all()) {
            if (!tally.isDropped()
                    && (rows.getOrDefault(tally.number(), 0L) != tally.staged()
                            || rejected.getOrDefault(tally.number(), 0L) != tally.rejectedRows())) {
                throw doNotAddUp("object " + tally.number() + " has " + tally.staged() + " rows and "
                        + tally.rejectedRows() + " rejected rows, the staging tables have "
                        + rows.getOrDefault(tally.number(), 0L) + " and "
                        + rejected.getOrDefault(tally.number(), 0L));
            }
        }
    }

    private void rejectRepeatedKeys(LoadSession session, ObjectTallies tallies) {
        if (feed.merge().duplicates() != Duplicates.FAIL) {
            return;
        }
        Set<Integer> repeated = session.findRepeatedKeys();
        tallies.reject(
                repeated,
                tally -> new RejectedObjectException(
                        ErrorCode.OBJECT_REPEATED_KEYS,
                        "two rows of the object share their matching keys, which the feed's 'duplicates: fail' forbids"));
        if (!repeated.isEmpty()) {
            dropObjects(session, tallies);
        }
    }

    /**
     * Waits for other loads of the target, and makes sure that none of them has dealt with objects of this feed since this
     * load took its own: it may hold an older version then, or one that is loaded already. Rows that are held back from
     * newer ones anyway need not make sure.
     *
     * @return the ledger's last position
     */
    private long lockLedger(LoadSession session, ObjectTallies tallies) {
        List<LedgerMark> marks = session.lockLedger(position);
        for (LedgerMark mark : marks) {
            boolean matters =
                    feed.covers(mark.bucket(), mark.key()) || feed.objects().skipsRepeated();
            if (mark.outcome().isOfObject() && matters && mayBeOvertaken(tallies)) {
                throw new RetryableException(
                        ErrorCode.LEDGER_MOVED,
                        "Another load of feed " + feed.name() + " has committed meanwhile; this one starts again");
            }
        }
        return marks.isEmpty() ? position : marks.get(marks.size() - 1).position();
    }

    private boolean mayBeOvertaken(ObjectTallies tallies) {
        return replay == null
                || replay.isOfSnapshot()
                || !(replay.overwrites() || feed.merge().mode().onlyInserts() || tallies.areAllOvertaken());
    }

    /**
     * Marks what is replayed, before anything else is done: Redshift lets one transaction update a table at a time, and refuses
     * it if another has written the table since the first look at any. Others that reject rows wait until the commit.
     */
    private static void markReplayed(LoadSession session, ObjectTallies tallies) {
        long chosen = tallies.replayed();
        long marked = session.markReplayed();
        if (marked != chosen) {
            throw new RetryableException(
                    ErrorCode.LEDGER_MOVED,
                    "Of " + chosen + " dead letters " + marked
                            + " are still open: others were replayed or dropped meanwhile; the replay starts again");
        }
    }

    private void checkCounts(LoadRecord load, ChangeCounts changes, long before, long after) {
        long gone = feed.merge().deletedColumn() == null && feed.merge().mode() != Mode.HISTORY
                ? changes.deleted() + changes.missing()
                : 0;
        long versions = feed.merge().mode() == Mode.HISTORY ? changes.updated() : 0;
        boolean addUp = load.objects().stream().allMatch(entry -> entry.counts().addUp());
        if (!addUp || after != before + changes.inserted() + versions - gone) {
            throw doNotAddUp("the target had " + before + " rows and has " + after + " after " + load.counts());
        }
    }

    private static RetryableException doNotAddUp(String what) {
        return new RetryableException(
                ErrorCode.COUNTS_DO_NOT_ADD_UP, "The counts do not add up, so nothing is committed: " + what);
    }

    private Outcome outcome(List<LedgerEntry> entries) {
        if (replay != null) {
            return Outcome.REPLAYED;
        }
        return entries.stream().allMatch(entry -> entry.outcome() == Outcome.REJECTED)
                ? Outcome.REJECTED
                : Outcome.LOADED;
    }

    /** A commit whose connection died may have taken place: the ledger knows, if it can be asked. */
    private void commit(LoadSession session) {
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
            return warehouse.isCommitted(feed.target(), id);
        } catch (CaravanException e) {
            lost.addSuppressed(e);
            throw lost;
        }
    }

    /** The load stands whether or not this works: a load begins with a look at the ledger anyway. */
    private void refreshIndex() {
        try {
            index.refresh();
        } catch (CaravanException e) {
            log.warn("Could not read the ledger after load {}: {}", id, e.getMessage());
        }
    }
}
