package io.caravan.load;

import io.caravan.base.ErrorCode;
import io.caravan.base.RejectedObjectException;
import io.caravan.model.Batch;
import io.caravan.model.ChangeCounts;
import io.caravan.model.LedgerEntry;
import io.caravan.model.LoadCounts;
import io.caravan.model.ObjectVersion;
import io.caravan.model.Outcome;
import io.caravan.model.RejectedRow;
import org.jspecify.annotations.Nullable;

/** What has become so far of one object of a load. */
final class ObjectTally {

    /** How many rejected rows of a rejected object the dead letters keep. */
    private static final int KEPT_ROWS = 100;

    private final int number;
    private final ObjectVersion object;
    private final @Nullable String versionId;
    private final boolean isReplay;

    private @Nullable String header;
    private long staged;
    private long supersededRows;
    private boolean superseded;
    private long rejected;
    private long lastKeptLine;
    private long replayed;
    private @Nullable RejectedObjectException rejection;

    /**
     * Begins to count.
     *
     * @param isReplay whether the object is made of rejected rows of the version: then it cannot be rejected for them, and if
     *     it is rejected for something else they stay dead letters as they are
     */
    ObjectTally(int number, ObjectVersion object, @Nullable String versionId, boolean isReplay) {
        this.number = number;
        this.object = object;
        this.versionId = versionId;
        this.isReplay = isReplay;
    }

    /** Says what the object begins with, as {@link LedgerEntry} has it. */
    void setHeader(@Nullable String header) {
        this.header = header;
    }

    int number() {
        return number;
    }

    ObjectVersion object() {
        return object;
    }

    /** Returns how many rows were handed to staging. */
    long staged() {
        return staged;
    }

    /** Returns how many rejected rows were handed to staging. */
    long rejectedRows() {
        return rejected;
    }

    /** Returns the last line whose rejected row is kept even if the object as a whole is rejected. */
    long lastKeptLine() {
        return lastKeptLine;
    }

    /** Returns how many dead letters it is made of. */
    long replayed() {
        return replayed;
    }

    /** Counts a dead letter that it is made of. */
    void addReplayed() {
        replayed++;
    }

    boolean isRejected() {
        return rejection != null;
    }

    /** Returns whether its rows are to go into the target. */
    boolean isGood() {
        return rejection == null && !superseded;
    }

    /** Returns whether a newer snapshot made it needless. */
    boolean isSuperseded() {
        return superseded;
    }

    /** Says that a newer snapshot made it needless. */
    void supersede() {
        superseded = true;
    }

    void add(Batch batch) {
        staged += batch.rows().size();
        supersededRows += batch.superseded();
        for (RejectedRow row : batch.rejected()) {
            if (++rejected <= KEPT_ROWS && !isReplay) {
                lastKeptLine = row.lineNumber();
            }
        }
    }

    void reject(RejectedObjectException reason) {
        rejection = reason;
    }

    /** Rejects the object if it has rejected rows and no other. */
    void rejectWithoutGoodRow() {
        if (!isReplay && rejection == null && rejected > 0 && staged + supersededRows == 0) {
            reject(new RejectedObjectException(
                    ErrorCode.OBJECT_NO_GOOD_ROW,
                    object.uri() + " has " + rejected
                            + " rows and every one is rejected; see the dead letters, and check"
                            + " that the feed's CSV parameters fit the object"));
        }
    }

    /** Returns what the ledger says of the object, once it is known what its rows do to the target. */
    LedgerEntry entry(long supersededInStaging, ChangeCounts changes) {
        long read = staged + supersededRows + rejected;
        if (rejection != null) {
            LoadCounts counts = isReplay ? LoadCounts.NONE : new LoadCounts(read, 0, 0, 0, 0, read);
            return new LedgerEntry(
                    object,
                    versionId,
                    isReplay ? Outcome.REPLAYED : Outcome.REJECTED,
                    counts,
                    rejection.code(),
                    rejection.getMessage(),
                    header);
        }
        if (superseded) {
            return new LedgerEntry(object, versionId, Outcome.SUPERSEDED, LoadCounts.NONE, null, null);
        }
        long compared = changes.inserted() + changes.updated() + changes.deleted() + changes.stale();
        LoadCounts counts = new LoadCounts(
                read,
                changes.inserted(),
                changes.updated(),
                staged - supersededInStaging - compared,
                changes.deleted() + changes.missing(),
                changes.stale(),
                supersededRows + supersededInStaging,
                rejected,
                changes.missing());
        return new LedgerEntry(
                object, versionId, isReplay ? Outcome.REPLAYED : Outcome.LOADED, counts, null, null, header);
    }
}
