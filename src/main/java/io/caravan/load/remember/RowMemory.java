package io.caravan.load.remember;

import io.caravan.load.staging.StagingTables;
import io.caravan.load.tally.ObjectTallies;
import io.caravan.load.tally.ObjectTally;
import io.caravan.model.row.Batch;
import io.caravan.model.table.Column;
import io.caravan.spi.TargetSession;
import java.util.List;
import java.util.function.Consumer;

/**
 * What one load knows of the rows of its target before it asks the warehouse: those that stand in it already are not staged. Used
 * by one thread.
 */
public interface RowMemory extends AutoCloseable {

    /** Nothing is known, and every row is staged. */
    RowMemory NONE = new NoMemory();

    /**
     * Begins, with what the feed has left. Of a snapshot that is given up, what was noted is forgotten by that.
     *
     * @param columns the columns of the load's rows
     * @param keys those of them that are matching keys
     */
    void begin(List<Column> columns, List<Column> keys);

    /** Returns whether rows are left out. */
    boolean isUsed();

    /**
     * Stages what of a batch does not stand in the target already: at once, or by the next call of this or of {@link #flush}.
     *
     * @param number the number of the batch's object in the load
     */
    void stage(int number, Batch batch, Consumer<ChangedRows> staging);

    /** Stages what is left of the batch before. */
    void flush(Consumer<ChangedRows> staging);

    /** Stages the hashes of the keys that a snapshot lacks. */
    void stageUnseen(StagingTables tables, ObjectTally snapshot);

    /**
     * Makes sure that the target is as it was when the rows were remembered.
     *
     * @return how many rows it has
     * @throws io.caravan.base.RetryableException if it is not; the next load does without
     */
    long rowsBefore(TargetSession session);

    /**
     * Finds the rows of the target that the snapshot lacks; only where rows are left out.
     *
     * @return how many there are
     */
    long findMissing(TargetSession session, int snapshot);

    /** Notes what the rows come to that will change, before they do. */
    void beforeChange(TargetSession session);

    /**
     * Notes what the target has come to.
     *
     * @param isChanged whether the load has changed it
     * @return how many rows it has
     */
    long rowsAfter(TargetSession session, boolean isChanged);

    /** Remembers the rows as they are after the commit. If that fails, the next load does without. */
    void committed(ObjectTallies tallies);

    @Override
    void close();
}
