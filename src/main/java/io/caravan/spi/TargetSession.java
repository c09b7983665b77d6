package io.caravan.spi;

import io.caravan.model.Snapshot;
import io.caravan.model.TargetChanges;
import io.caravan.model.ledger.LedgerMark;
import io.caravan.model.ledger.LoadRecord;
import io.caravan.model.table.TargetSum;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The shared part of a load: one transaction that brings into the target what is staged. Begins with {@link #lockLedger}, and
 * ends with {@link #commit}.
 *
 * <p>Used by one thread, once the private part is ended. Every method throws {@link io.caravan.base.RetryableException} or
 * {@link io.caravan.base.InvalidConfigurationException}.
 */
public interface TargetSession extends AutoCloseable {

    /**
     * Begins the shared part: waits until no other load of this target is in its shared part, then reads what the ledger
     * has gained.
     *
     * @param position the last ledger position known
     * @return the entries after it, in order
     */
    List<LedgerMark> lockLedger(long position);

    /**
     * Marks the dead letters that are staged, and still open, as replayed by the plan's load.
     *
     * @return how many were marked
     */
    long markReplayed();

    /** Counts the rows of the target. */
    long countTarget();

    /** Counts what {@link Warehouse#countLost} does, of a target that is known to hold no row. */
    long countLost();

    /** Counts the rejected rows of an object that are staged without their matching keys, though the plan wants them. */
    long countWithoutKeys(int object);

    /** Counts the rows of the target, and sums up their loaded columns, so that any change of them shows. */
    TargetSum sumTarget();

    /** As {@link #sumTarget}, of those rows only that share their keys with what {@link #findChanges} and the like have found. */
    TargetSum sumChanged();

    /**
     * Adds to what {@link #findChanges} found the rows of the target whose keys have the hashes that are staged: they go.
     *
     * @param snapshot the object to whose account they go
     * @return how many there are
     */
    long findUnseen(int snapshot);

    /**
     * Compares the staged rows with the target and keeps those that would change it.
     *
     * @param targetRows how many rows the target has
     * @param stagedRows how many rows of each object are staged; an object without is not in the map
     * @param snapshot the object to whose account rows go that the target has and the staging table lacks; null if such rows
     *     stay, or {@link #findUnseen} finds them
     * @param overtaken objects that come after newer ones: what they would change in rows that may be newer becomes rejected
     *     rows
     * @return what they would do, and how {@link #merge} is to do it
     */
    TargetChanges findChanges(
            long targetRows, Map<Integer, Long> stagedRows, @Nullable Snapshot snapshot, Set<Integer> overtaken);

    /** Carries out what {@link #findChanges} found. */
    void merge(TargetChanges changes);

    /**
     * Runs a feed's own SQL in the transaction: while it runs, the warehouse's data source for loads gives this session's
     * connection to this thread.
     */
    void script(Runnable script);

    /**
     * Writes the load, its objects and its rejected rows.
     *
     * @param load the load; its objects in the order of their numbers
     * @param numbers the number of each object in the load, in the same order
     * @param position the ledger's last position, so that the entries follow it
     * @return how many dead letters were written
     */
    long record(LoadRecord load, List<Integer> numbers, long position);

    /**
     * Ends the shared part.
     *
     * @throws io.caravan.base.RetryableException with COMMIT_LOST if the connection died and the outcome is not known
     */
    void commit();

    /** Rolls back what is not committed and gives the connection back. */
    @Override
    void close();
}
