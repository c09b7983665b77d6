package io.caravan.spi;

import io.caravan.model.feed.MergePlan;
import io.caravan.model.ledger.LoadedContent;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.LongConsumer;

/**
 * The private part of a load: it fills staging tables that nobody else sees, and touches nothing that is shared. It begins
 * with {@link #begin}, and ends with {@link #endPrivatePart}.
 *
 * <p>Used by one thread. Every method throws {@link io.caravan.base.RetryableException} or
 * {@link io.caravan.base.InvalidConfigurationException}.
 */
public interface StagingSession {

    /** Begins: all later calls follow this plan. A staging table is created when something is staged in it. */
    void begin(MergePlan plan);

    /** Sets the key of each object, for targets whose rows record their origin. */
    void nameObjects(Map<Integer, String> keys);

    /** Begins to stage rows by INSERT. */
    StagingInsert insert(StagingTable table);

    /**
     * Stages rows by COPY.
     *
     * @param manifest address of the manifest, {@code s3://bucket/key}
     * @param nullMarker the text for NULL in the data files
     * @throws io.caravan.base.RetryableException with WAREHOUSE_REFUSED_ROWS if COPY refuses more rows than the tolerance
     *     allows; all staging tables are empty then, except for the rows that {@link #copyDirectly} has staged
     */
    void copy(StagingTable table, String manifest, String nullMarker, CopyTolerance tolerance);

    /**
     * Stages all rows of an object by a COPY that reads the object itself, if the warehouse can verify that each record is a
     * valid row and that no two rows share their matching keys. Rows that were staged before stay in any case. The staged
     * line numbers are distinct, but have no meaning.
     *
     * @param nullMarker text that no field of the object equals
     * @param isUnchanged called after the object has been read; returns whether the version that was read is the right one
     * @return the number of staged rows, or the reason why there are none
     */
    DirectRows copyDirectly(DirectObject object, String nullMarker, BooleanSupplier isUnchanged);

    /**
     * Shows the records that COPY has refused, read in a transaction that begins after the COPY.
     *
     * @param folder the common prefix of the addresses of the data files
     */
    void readRefused(String folder, Consumer<RefusedRecord> action);

    /** Shows the lines of an object's valid rows, in no order. */
    void readLines(int object, LongConsumer action);

    /** Removes from the rejected rows those that are also staged as valid rows. */
    void dropStagedFromRejected();

    /** Removes all staged rows of these objects. */
    void dropRows(Set<Integer> objects);

    /** Removes the staged references to the dead letters that these objects are made of. */
    void dropReplayed(Set<Integer> objects);

    /** Removes the rejected rows of an object that start after a line. */
    void dropRejectedAfter(int object, long line);

    /** Counts a staging table by object; an object without rows is not in the map. */
    Map<Integer, Long> count(StagingTable table);

    /** Returns the objects in which two rows share their matching keys. */
    Set<Integer> findRepeatedKeys();

    /**
     * Returns the objects that were loaded into the target with these bytes, the last one first. The query uses this
     * session, as a second connection may never be free while this one is held.
     *
     * @param hashes hashes of the bytes, as in {@link io.caravan.model.ContentHash}
     */
    List<LoadedContent> findLoaded(Collection<String> hashes);

    /**
     * Leaves one staged row for each matching key: the one that wins by the plan's policy.
     *
     * @return the number of removed rows of each object; an object without removed rows is not in the map
     */
    Map<Integer, Long> removeSuperseded();

    /** Ends the private part, or its first half: the staged rows stay, even if a later step fails. */
    void endPrivatePart();

    /** Undoes everything since the end of the private part or of its first half; the rows staged by then stay. */
    void undoSharedPart();
}
