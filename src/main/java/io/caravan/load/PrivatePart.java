package io.caravan.load;

import static java.util.stream.Collectors.toSet;

import io.caravan.base.ErrorCode;
import io.caravan.base.RejectedObjectException;
import io.caravan.load.ledger.SameContent;
import io.caravan.load.replay.RowOrigin;
import io.caravan.load.staging.Staging;
import io.caravan.load.tally.ObjectTallies;
import io.caravan.load.tally.ObjectTally;
import io.caravan.model.feed.Feed;
import io.caravan.model.feed.MergePolicy.Duplicates;
import io.caravan.spi.StagingSession;
import java.util.List;
import java.util.Set;

/**
 * The end of the load protocol's private part, which nobody else sees: afterwards the staging table has every row that may
 * go into the target, one for each key.
 */
final class PrivatePart {

    private final Feed feed;
    private final SameContent sameContent;
    private final RowOrigin origin;

    PrivatePart(Feed feed, SameContent sameContent, RowOrigin origin) {
        this.feed = feed;
        this.sameContent = sameContent;
        this.origin = origin;
    }

    /**
     * Ends it.
     *
     * @param staging brings the last rows into the staging tables
     * @param mayRepeatKeys whether two staged rows may share their keys
     * @throws io.caravan.base.RetryableException if rows did not arrive
     */
    void end(StagingSession session, Staging staging, ObjectTallies tallies, boolean mayRepeatKeys) {
        staging.finish(tallies.all());
        sameContent.findElsewhere(session, tallies.all());
        dropObjects(session, tallies);
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

    /** Undoes the shared part, and prepares another without the objects that were rejected in it. */
    void endWithoutRejected(StagingSession session, ObjectTallies tallies) {
        session.undoSharedPart();
        dropObjects(session, tallies);
        session.endPrivatePart();
    }

    /**
     * Of a rejected object, the target gets nothing and the dead letters the first rejected rows; of one whose bytes were
     * loaded before, they get nothing.
     */
    private void dropObjects(StagingSession session, ObjectTallies tallies) {
        List<ObjectTally> dropped = tallies.dropped();
        if (dropped.isEmpty()) {
            return;
        }
        Set<Integer> numbers = dropped.stream().map(ObjectTally::number).collect(toSet());
        session.dropRows(numbers);
        if (origin.isReplay()) {
            session.dropReplayed(numbers);
        }
        dropped.forEach(tally -> session.dropRejectedAfter(tally.number(), tally.lastKeptLine()));
    }

    private void rejectRepeatedKeys(StagingSession session, ObjectTallies tallies) {
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
}
