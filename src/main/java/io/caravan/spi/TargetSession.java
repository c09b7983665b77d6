package io.caravan.spi;

import io.caravan.model.Snapshot;
import io.caravan.model.TargetChanges;
import io.caravan.model.ledger.LedgerMark;
import io.caravan.model.ledger.LoadRecord;
import io.caravan.model.table.TargetSum;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The shared part of a load: one transaction that brings the staged rows into the target. It begins with
 * {@link #lockLedger}, and ends with {@link #commit}.
 *
 * <p>Used by one thread, once the private part is ended. Every method throws {@link io.caravan.base.RetryableException} or
 * {@link io.caravan.base.InvalidConfigurationException}.
 */
public interface TargetSession extends AutoCloseable {

    /**
     * Begins the shared part: waits until no other load of this target is in its shared part, then reads the new entries of
     * the ledger.
     *
     * @param position the last ledger position known
     * @param stagedRows how many rows are staged: few can be compared at once
     * @return the entries after it, in order
     */
    List<LedgerMark> lockLedger(long position, long stagedRows);

    /**
     * Marks the staged dead letters that are still open as replayed by the plan's load.
     *
     * @return the number of marked dead letters
     */
    long markReplayed();

    /** Counts the rows of the target. */
    long countTarget();

    /** Counts as {@link Warehouse#countLost} does, for a target that is known to hold no row. */
    long countLost();

    /** Counts the rejected rows of an object whose matching keys are wanted by the plan, but not staged. */
    long countWithoutKeys(int object);

    /** Counts the rows of the target, and computes a checksum of their loaded columns, which shows any change. */
    TargetSum sumTarget();

    /**
     * Does the same as {@link #sumTarget}, but only for rows that share their keys with a change that {@link #findChanges}
     * or a similar method has found.
     */
    TargetSum sumChanged();

    /**
     * Adds rows to delete to the changes that {@link #findChanges} found: the rows of the target whose keys have the staged
     * hashes.
     *
     * @param snapshot the object for which the deletions are counted
     * @return the number of these rows
     */
    long findUnseen(int snapshot);

    /**
     * Compares the staged rows with the target, and stores the changes that they would make.
     *
     * @param targetRows how many rows the target has
     * @param stagedRows how many rows of each object are staged; an object without is not in the map
     * @param snapshot the object for which deletions are counted, of rows that the target has and the staging table lacks;
     *     null if such rows stay, or {@link #findUnseen} finds them
     * @param overtaken objects that come after newer ones: their changes of rows that may be newer become rejected rows
     * @return the changes, and the way in which {@link #merge} makes them
     * @throws io.caravan.base.RetryableException with COUNTS_DO_NOT_ADD_UP if the rows that were compared are not those that
     *     were staged
     */
    TargetChanges findChanges(
            long targetRows, Map<Integer, Long> stagedRows, @Nullable Snapshot snapshot, Set<Integer> overtaken);

    /** Makes the changes that {@link #findChanges} found. */
    void merge(TargetChanges changes);

    /**
     * Runs a feed's own SQL in the transaction: meanwhile, on this thread, the warehouse's data source for loads returns
     * this session's connection.
     */
    void script(Runnable script);

    /**
     * Writes the load, its objects and its rejected rows.
     *
     * @param load the load; its objects in the order of their numbers
     * @param numbers the number of each object in the load, in the same order
     * @param position the ledger's last position, which the new entries follow
     * @param targetRows how many rows the target must have by now; empty if that is known already
     * @return the number of dead letters written
     * @throws io.caravan.base.RetryableException with COUNTS_DO_NOT_ADD_UP if the target has other rows, or not all rejected
     *     rows of an object are staged
     */
    long record(LoadRecord load, List<Integer> numbers, long position, OptionalLong targetRows);

    /**
     * Ends the shared part.
     *
     * @throws io.caravan.base.RetryableException with COMMIT_LOST if the connection died and the outcome is not known
     */
    void commit();

    /** Rolls back everything that is not committed, and returns the connection. */
    @Override
    void close();
}
