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
 * The private part of a load: it fills staging tables that nobody else sees, and touches nothing that is shared. Begins with
 * {@link #createStaging}, and ends with {@link #endPrivatePart}.
 *
 * <p>Used by one thread. Every method throws {@link io.caravan.base.RetryableException} or
 * {@link io.caravan.base.InvalidConfigurationException}.
 */
public interface StagingSession {

    /** Creates the staging tables, empty, and leaves no transaction open; everything that follows is done by this plan. */
    void createStaging(MergePlan plan);

    /** Creates the staging table of a replay too, empty; after {@link #createStaging}. */
    void createReplayed();

    /** Creates the staging table for the rows that a snapshot lacks too, empty; after {@link #createStaging}. */
    void createUnseen();

    /** Creates the staging table for repaired values too, empty; after {@link #createStaging}. */
    void createRepaired();

    /** Says which key each object has, for rows that say where they came from. */
    void nameObjects(Map<Integer, String> keys);

    /** Opens a way to stage rows by INSERT. */
    StagingInsert insert(StagingTable table);

    /**
     * Stages rows by COPY.
     *
     * @param manifest address of the manifest, {@code s3://bucket/key}
     * @param nullMarker how the data files write NULL
     * @throws io.caravan.base.RetryableException with WAREHOUSE_REFUSED_ROWS if it refuses more rows than it may; all staging
     *     tables are empty then, but for what {@link #copyDirectly} has staged
     */
    void copy(StagingTable table, String manifest, String nullMarker, CopyTolerance tolerance);

    /**
     * Stages all rows of an object by a COPY that reads the object itself, if the warehouse can tell that each of them is a row
     * as it stands and that no two share their matching keys. Rows staged before stay in any case. The lines of the rows are
     * numbers of no meaning, each once.
     *
     * @param nullMarker text that no field of the object is
     * @param isUnchanged asked when the object has been read: whether what was read is the version that is meant
     * @return how many they are, or why there are none
     */
    DirectRows copyDirectly(DirectObject object, String nullMarker, BooleanSupplier isUnchanged);

    /**
     * Shows the records that COPY has refused, in a transaction that has begun after it.
     *
     * @param folder what the addresses of the data files begin with
     */
    void readRefused(String folder, Consumer<RefusedRecord> action);

    /** Shows the lines of an object's valid rows, in no order. */
    void readLines(int object, LongConsumer action);

    /** Removes from the rejected rows those that are staged as valid ones. */
    void dropStagedFromRejected();

    /** Removes all staged rows of these objects. */
    void dropRows(Set<Integer> objects);

    /** Removes what is staged of the dead letters that these objects are made of. */
    void dropReplayed(Set<Integer> objects);

    /** Removes the rejected rows of an object that start after a line. */
    void dropRejectedAfter(int object, long line);

    /** Counts a staging table by object; an object without rows is not in the map. */
    Map<Integer, Long> count(StagingTable table);

    /** Counts, by object, the rows of both kinds that are staged, all at once; as {@link #count} each. */
    Map<StagingTable, Map<Integer, Long>> countStaged();

    /** Returns the objects in which two rows share their matching keys. */
    Set<Integer> findRepeatedKeys();

    /**
     * Returns which objects were loaded into the target with these bytes, the last one first. It is asked here, as a second
     * connection may never come while this one is held.
     *
     * @param hashes what the bytes come to, as {@link io.caravan.model.ContentHash} has it
     */
    List<LoadedContent> findLoaded(Collection<String> hashes);

    /**
     * Leaves one staged row for each matching key: the one that wins by the plan's policy.
     *
     * @return how many rows of each object were removed; an object without is not in the map
     */
    Map<Integer, Long> removeSuperseded();

    /** Ends the private part, or a first half of it: what is staged stays, whatever fails later. */
    void endPrivatePart();

    /** Takes back what was done since the private part or its first half was ended; the rows staged by then stay. */
    void undoSharedPart();
}
