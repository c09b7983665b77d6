package io.caravan.load.remember;

import io.caravan.load.staging.StagingTables;
import io.caravan.load.tally.ObjectTallies;
import io.caravan.load.tally.ObjectTally;
import io.caravan.model.row.Batch;
import io.caravan.model.table.Column;
import io.caravan.spi.TargetSession;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Consumer;

/**
 * A load's memory of the rows of its target, which needs no query of the warehouse: rows that the target already has are not
 * staged. Used by one thread.
 */
public interface RowMemory extends AutoCloseable {

    /** Nothing is known, and every row is staged. */
    RowMemory NONE = new NoMemory();

    /**
     * Begins with the feed's stored memory. Also forgets the notes on a snapshot that was given up before.
     *
     * @param columns the columns of the load's rows
     * @param keys those of them that are matching keys
     */
    void begin(List<Column> columns, List<Column> keys);

    /** Returns whether rows are left out. */
    boolean isUsed();

    /**
     * Stages the rows of a batch that the target does not have yet: at once, or by the next call of this method or of
     * {@link #flush}.
     *
     * @param number the number of the batch's object in the load
     */
    void stage(int number, Batch batch, Consumer<ChangedRows> staging);

    /** Stages the rest of the batch before. */
    void flush(Consumer<ChangedRows> staging);

    /** Stages the hashes of the keys that a snapshot lacks. */
    void stageUnseen(StagingTables tables, ObjectTally snapshot);

    /**
     * Requires that the target has not changed since the rows were remembered.
     *
     * @return how many rows it has
     * @throws io.caravan.base.RetryableException if the target has changed; the next load does without the memory
     */
    long rowsBefore(TargetSession session);

    /**
     * Finds the rows of the target that the snapshot lacks; called only if rows are left out.
     *
     * @return how many there are
     */
    long findMissing(TargetSession session, int snapshot);

    /** Notes the checksum of the rows that will change, before the change. */
    void beforeChange(TargetSession session);

    /**
     * Notes the target's checksum after the change.
     *
     * @param isChanged whether the load has changed it
     * @return how many rows it has; empty if nobody has counted them
     */
    OptionalLong rowsAfter(TargetSession session, boolean isChanged);

    /** Remembers the rows as they are after the commit. If that fails, the next load does without them. */
    void committed(ObjectTallies tallies);

    @Override
    void close();
}
