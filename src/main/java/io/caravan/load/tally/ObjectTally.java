package io.caravan.load.tally;

import io.caravan.base.ErrorCode;
import io.caravan.base.RejectedObjectException;
import io.caravan.model.ChangeCounts;
import io.caravan.model.ContentHash;
import io.caravan.model.ObjectVersion;
import io.caravan.model.ledger.LedgerEntry;
import io.caravan.model.ledger.LoadCounts;
import io.caravan.model.ledger.Outcome;
import io.caravan.model.row.Batch;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/** The outcome so far of one object of a load. */
public final class ObjectTally {

    /** The greatest number of rejected rows that the dead letters keep of a rejected object. */
    public static final int KEPT_ROWS = 100;

    private final int number;
    private final ObjectVersion object;
    private final boolean overtaken;
    private final boolean isReplay;
    private final RowTally rows = new RowTally();

    private @Nullable String versionId;
    private boolean superseded;
    private long replayed;
    private @Nullable String header;
    private @Nullable String sha256;
    private @Nullable String sameAs;

    /** The object before it in the load that has its bytes too; null if there is none. */
    private @Nullable ObjectTally original;

    private boolean isRepeated;
    private boolean needless;

    private @Nullable RejectedObjectException rejection;

    /**
     * Begins with nothing.
     *
     * @param overtaken whether newer objects of the feed are loaded already
     * @param isReplay whether it is made of rejected rows of the object: then it cannot be rejected for them, and if it is
     *     rejected for something else they stay dead letters as they are
     */
    public ObjectTally(int number, ObjectVersion object, boolean overtaken, boolean isReplay) {
        this.number = number;
        this.object = object;
        this.overtaken = overtaken;
        this.isReplay = isReplay;
    }

    /**
     * Sets the version that the store has opened.
     *
     * @param id the store's version id; null if the bucket keeps no versions
     */
    public void opened(@Nullable String id) {
        versionId = id;
    }

    /** Sets the object's header, as in {@link LedgerEntry}. */
    public void setHeader(@Nullable String header) {
        this.header = header;
    }

    /** Sets the hash of the object's bytes. */
    public void setContent(ContentHash hash) {
        sha256 = hash.sha256();
    }

    /** Returns the hash of the object's bytes; null if it was not read to its end. */
    @Nullable
    public String sha256() {
        return sha256;
    }

    /** Notes that the object's bytes were loaded before, although its delivery may need it again. */
    public void repeatsItself() {
        isRepeated = true;
    }

    /** Returns whether its bytes were loaded before. */
    boolean isRepeated() {
        return isRepeated;
    }

    /** Notes that the object's bytes were loaded before, so that it changes nothing now. */
    public void leaveOut() {
        needless = true;
        rejection = null;
    }

    /**
     * Notes that the object's bytes equal those of another key.
     *
     * @param before what stands for that object in this load; null if it was loaded earlier
     * @param leavesOut whether it is left out for that
     */
    public void repeats(String key, @Nullable ObjectTally before, boolean leavesOut) {
        sameAs = key;
        original = before;
        needless = leavesOut;
    }

    public int number() {
        return number;
    }

    public ObjectVersion object() {
        return object;
    }

    /** Returns how many rows were handed to staging. */
    public long staged() {
        return rows.staged();
    }

    /** Returns how many of the staged rows are compared with the target: one for each key. */
    long compared() {
        return rows.compared();
    }

    /** Adds rows that other rows superseded in the staging table. */
    void addSupersededInStaging(long count) {
        rows.addSupersededInStaging(count);
    }

    /** Returns how many rejected rows were handed to staging. */
    public long rejectedRows() {
        return rows.rejected();
    }

    /** Returns the last line whose rejected row is kept although nothing of the object is loaded. */
    public long lastKeptLine() {
        return needless || isReplay ? 0 : rows.lastKeptLine();
    }

    /** Returns how many dead letters it is made of. */
    long replayed() {
        return replayed;
    }

    /** Counts a dead letter that it is made of. */
    public void addReplayed() {
        replayed++;
    }

    public boolean isRejected() {
        return rejection != null;
    }

    /** Returns whether its bytes were loaded before, so that it changes nothing. */
    public boolean isNeedless() {
        return needless;
    }

    /** Returns whether its staged rows must be removed. */
    public boolean isDropped() {
        return rejection != null || needless;
    }

    /** Returns whether its rows are to go into the target. */
    public boolean isGood() {
        return !isDropped() && !superseded;
    }

    /** Returns whether newer objects of the feed are loaded already. */
    boolean isOvertaken() {
        return overtaken;
    }

    /** Returns whether a newer snapshot of the same load makes it needless, as long as that one is not rejected. */
    boolean isSupersededInLoad() {
        return superseded && !overtaken;
    }

    /** Notes that a newer snapshot makes the object needless. */
    public void supersede() {
        superseded = true;
    }

    public void add(Batch batch) {
        rows.add(batch);
    }

    /** Notes that some of its rows are not staged after all, as the target already has them. */
    public void leaveOut(int count) {
        rows.leaveOut(count);
    }

    /** Notes that rows of another object, or of this one, supersede rows that were left out. */
    public void supersedeUnchanged(ObjectTally by, long count) {
        rows.supersedeUnchanged(by, count);
    }

    /** Returns whether staging has refused rows of it. */
    boolean isRefusedByStaging() {
        return rows.isRefusedByStaging();
    }

    /** Adds rows that were staged without being handed over. */
    public void addStaged(long count) {
        rows.addStaged(count);
    }

    /**
     * Notes that rows that were handed to staging are rejected after all.
     *
     * @param lines the first of their lines, or all
     */
    public void rejectStaged(long count, Collection<Long> lines) {
        rows.rejectStaged(count, lines);
    }

    /** Returns why an object with more rejected rows than its feed allows is rejected. */
    public static RejectedObjectException tooManyRejectedRows(long allowed) {
        return new RejectedObjectException(
                ErrorCode.OBJECT_TOO_MANY_REJECTED_ROWS,
                "More than " + allowed
                        + " rows are rejected; see the dead letters for the first of them, correct the object, or"
                        + " raise the feed's maxRejectedRows");
    }

    public void reject(RejectedObjectException reason) {
        rejection = reason;
    }

    /**
     * Judges the object by what it held, once it has been read to its end; may be repeated.
     *
     * @param maxRejectedRatio as {@link #rejectAbove} has it
     */
    public void judge(double maxRejectedRatio) {
        rejectWithoutGoodRow();
        rejectAbove(maxRejectedRatio);
    }

    /** Rejects the object if it has rejected rows and no other; rows that only a rejected row superseded do not count. */
    public void rejectWithoutGoodRow() {
        if (!isReplay && !isDropped() && rows.areAllRejected()) {
            reject(new RejectedObjectException(
                    ErrorCode.OBJECT_NO_GOOD_ROW,
                    object.uri() + " has " + rows.read()
                            + " rows and every one is rejected; see the dead letters, and check"
                            + " that the feed's CSV parameters fit the object"));
        }
    }

    /**
     * Rejects the object if more of its records are rejected than may be.
     *
     * @param maxRejectedRatio share of its records, from 0 to 1
     */
    void rejectAbove(double maxRejectedRatio) {
        long read = rows.read();
        long rejected = rows.rejected();
        if (!isDropped() && rejected > maxRejectedRatio * read) {
            reject(new RejectedObjectException(
                    ErrorCode.OBJECT_TOO_MANY_REJECTED_ROWS,
                    rejected + " of " + read + " rows are rejected, more than maxRejectedRatio (" + maxRejectedRatio
                            + ") allows; see the dead letters for the first of them, correct the object, or raise the"
                            + " feed's maxRejectedRatio"));
        }
    }

    /** Returns the object's ledger entry, once the changes of its rows to the target are known. */
    public LedgerEntry entry(ChangeCounts changes) {
        long read = rows.read();
        if (needless && original != null && original.rejection != null) {
            // What has its bytes can no more be loaded.
            needless = false;
            rejection = original.rejection;
        }
        if (needless) {
            return entry(Outcome.UNCHANGED, new LoadCounts(read, 0, 0, read, 0, 0), null, 0);
        }
        if (rejection != null) {
            return isReplay
                    ? entry(Outcome.REPLAYED, LoadCounts.NONE, rejection, 0)
                    : entry(Outcome.REJECTED, new LoadCounts(read, 0, 0, 0, 0, read), rejection, 0);
        }
        if (superseded) {
            return new LedgerEntry(object, versionId, Outcome.SUPERSEDED, LoadCounts.NONE, null, null);
        }
        return entry(isReplay ? Outcome.REPLAYED : Outcome.LOADED, rows.counts(changes), null, rows.repairedValues());
    }

    private LedgerEntry entry(
            Outcome outcome, LoadCounts counts, @Nullable RejectedObjectException why, long repaired) {
        return new LedgerEntry(
                object,
                versionId,
                outcome,
                counts,
                why == null ? null : why.code(),
                why == null ? null : why.getMessage(),
                header,
                sha256,
                sameAs,
                repaired);
    }
}
