package io.caravan.load.tally;

import io.caravan.base.ErrorCode;
import io.caravan.base.RejectedObjectException;
import io.caravan.model.ChangeCounts;
import io.caravan.model.Deliveries;
import io.caravan.model.Snapshot;
import io.caravan.model.Snapshot.Stays;
import io.caravan.model.feed.Feed;
import io.caravan.model.feed.MergePolicy;
import io.caravan.model.preview.Deletions;
import java.util.List;
import java.util.function.IntToLongFunction;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The rows that an object may delete from the target because it lacks them. A snapshot does not lack a row that it has as a
 * rejected one: the target's row stays as it was.
 */
public final class Snapshots {

    private static final Logger log = LoggerFactory.getLogger(Snapshots.class);

    private final Feed feed;
    private final MergePolicy merge;
    private final Deliveries deliveries;

    /**
     * Takes a feed.
     *
     * @param deliveries which objects are one snapshot
     */
    public Snapshots(Feed feed, Deliveries deliveries) {
        this.feed = feed;
        this.deliveries = deliveries;
        this.merge = feed.merge();
    }

    /**
     * Returns the snapshot that determines the rows of the target from now on.
     *
     * @param targetRows how many rows the target has
     * @param withoutKeys counts an object's rejected rows whose matching keys could not be read
     * @return null if there is none
     * @throws RejectedObjectException if rejected rows leave it unknown which rows must stay, and the feed has no keys to
     *     match them
     */
    @Nullable
    public Snapshot of(ObjectTallies tallies, long targetRows, IntToLongFunction withoutKeys) {
        if (!merge.takesMissing()) {
            return null;
        }
        return tallies.firstGood()
                .filter(tally -> !tally.isOvertaken())
                .map(tally -> snapshot(tally, tallies.together(tally, deliveries), targetRows, withoutKeys))
                .orElse(null);
    }

    /**
     * @param all the objects that are one snapshot, the first good one among them
     */
    private Snapshot snapshot(
            ObjectTally first, List<ObjectTally> all, long targetRows, IntToLongFunction withoutKeys) {
        List<ObjectTally> bad = all.stream()
                .filter(object -> object.isRejected() || object.rejectedRows() > 0)
                .toList();
        if (bad.isEmpty() || targetRows == 0) {
            return new Snapshot(first.number(), Stays.NOTHING);
        }
        if (feed.keys().isEmpty()) {
            bad.forEach(object -> requireThatRowsMayGo(object, targetRows));
            return new Snapshot(first.number(), Stays.NOTHING);
        }
        boolean areKnown = true;
        for (ObjectTally object : bad) {
            areKnown &= areKeysKnown(object, withoutKeys);
        }
        return new Snapshot(
                first.number(),
                areKnown ? Stays.REJECTED : Stays.EVERYTHING,
                bad.stream().map(ObjectTally::number).toList());
    }

    private boolean areKeysKnown(ObjectTally object, IntToLongFunction withoutKeys) {
        if (object.isRejected()) {
            log.warn(
                    "{} is rejected, so nobody knows which rows of {} its rows are: none is {} because the other objects of"
                            + " its folder lack it",
                    object.object().uri(),
                    feed.target(),
                    taken());
            return false;
        }
        long unknown = withoutKeys.applyAsLong(object.number());
        if (unknown > 0) {
            log.warn(
                    "{} has {} rejected rows whose matching keys could not be read, so nobody knows which rows of {} they"
                            + " are: none is {} because the object lacks it",
                    object.object().uri(),
                    unknown,
                    feed.target(),
                    taken());
        }
        return unknown == 0;
    }

    private String taken() {
        if (merge.mode().keepsVersions()) {
            return "ended";
        }
        return merge.deletedColumn() == null ? "deleted" : "marked as deleted";
    }

    private void requireThatRowsMayGo(ObjectTally object, long targetRows) {
        if (merge.maxDeletedRatio() < 1) {
            throw new RejectedObjectException(
                    ErrorCode.OBJECT_DELETES_TOO_MUCH,
                    (object.isRejected() ? "All" : object.rejectedRows())
                            + " of the object's rows are rejected, and without matching keys nobody knows which of"
                            + " the target's " + targetRows
                            + " rows would be lost by that; correct them, or set the feed's keys, so that these rows stay as"
                            + " they are, or set maxDeletedRatio to 1, so that they may go");
        }
    }

    /**
     * Requires that a truncated object does not empty the target.
     *
     * @param changes what the load would do to the target
     * @param targetRows how many rows that has
     * @throws RejectedObjectException if too many rows would be deleted
     */
    public void check(ChangeCounts changes, long targetRows) {
        boolean replaces = merge.mode().replacesAll();
        long lost = lost(changes);
        if (lost > targetRows * merge.maxDeletedRatio()) {
            throw new RejectedObjectException(
                    ErrorCode.OBJECT_DELETES_TOO_MUCH,
                    (replaces
                                    ? "the object would leave " + (targetRows - lost) + " of the target's " + targetRows
                                            + " rows, fewer than maxDeletedRatio ("
                                    : "the object lacks " + lost + " of the target's " + targetRows
                                            + " rows, more than maxDeletedRatio (")
                            + merge.maxDeletedRatio()
                            + (replaces ? ") allows" : ") lets it delete")
                            + "; if it is whole, raise maxDeletedRatio for this load");
        }
    }

    /**
     * Returns the number of rows that would be deleted from the target, and the limit.
     *
     * @param changes what the load would do to the target
     * @param targetRows how many rows that has
     * @return null if no row would be deleted because an object lacks it
     */
    public @Nullable Deletions deletions(ChangeCounts changes, long targetRows) {
        return merge.takesMissing() && changes.missing() > 0
                ? new Deletions(changes.missing(), Math.max(0, lost(changes)), targetRows, merge.maxDeletedRatio())
                : null;
    }

    private long lost(ChangeCounts changes) {
        return merge.mode().replacesAll() ? changes.missing() - changes.inserted() : changes.missing();
    }
}
