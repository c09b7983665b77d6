package io.caravan.spi;

import io.caravan.model.ObjectVersion;
import io.caravan.model.feed.Feed;
import io.caravan.model.ledger.LedgerMark;
import io.caravan.model.ledger.LoadRecord;
import io.caravan.model.ledger.LoadedContent;
import io.caravan.model.ledger.Outcome;
import io.caravan.model.table.Column;
import io.caravan.model.table.ColumnType;
import io.caravan.model.table.NewTable;
import io.caravan.model.table.PlannedTarget;
import io.caravan.model.table.TableName;
import io.caravan.model.table.TargetTable;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The warehouse that feeds load into. Safe for use by several threads.
 *
 * <p>Every method throws {@link io.caravan.base.RetryableException} if the warehouse cannot be reached or fails, and
 * {@link io.caravan.base.InvalidConfigurationException} if it refuses the request.
 */
public interface Warehouse {

    /** Connects, without the pool, so that a wrong address or password shows at once. */
    void probe();

    /**
     * Reads the shape of a table.
     *
     * @throws io.caravan.base.InvalidConfigurationException if there is no such table, or a column that must be filled is
     *     of a type that Caravan does not load
     */
    TargetTable describe(TableName name);

    /** Returns the statement by which {@link #create} creates a table, for people. */
    String ddl(NewTable table);

    /** Returns the statements by which people give a column of a table another type, each with a semicolon behind it. */
    String ddl(TableName table, Column column, ColumnType type);

    /** Creates a table, unless one of its name exists by now. */
    void create(NewTable table);

    /**
     * Adds the columns that a table lacks, and makes its VARCHAR columns longer where they are shorter than wanted. It
     * removes nothing, and can be repeated. If the warehouse refuses to make a column longer, that is logged, and the column
     * stays as it is. The ledger of the target must exist.
     *
     * @param wanted the columns as they should be
     * @return the table afterwards
     */
    TargetTable evolve(TableName name, List<Column> wanted);

    /** Returns the statements by which {@link #evolve} would change a table, for people; none if it lacks nothing. */
    List<String> changes(TargetTable table, List<Column> wanted);

    /** Creates the tables and columns that the ledger of a target still lacks. */
    void prepareLedger(TableName target);

    /** Shows the ledger's entries of a target after a position, in their order; none if there is no ledger yet. */
    void readLedger(TableName target, long position, Consumer<LedgerMark> action);

    /**
     * Returns the loaded object of a feed's bucket and prefix that comes last in the feed's order; empty if none is loaded.
     *
     * @param names of other feeds of the same bucket whose objects count too, whatever their prefix
     */
    Optional<ObjectVersion> findNewest(Feed feed, Set<String> names);

    /**
     * Returns the content that was loaded last under each key. A key of which the ledger has a later entry, other than a failure,
     * is left out.
     *
     * @param keys of objects of one bucket
     */
    List<LoadedContent> findLoaded(TableName target, String bucket, Collection<String> keys);

    /**
     * Returns the number of objects that the ledger has as loaded, for a target that holds no row. Returns 0 if the target
     * holds a row, if there is no ledger, or if loads have deleted the rows.
     */
    long countLost(TableName target);

    /**
     * Shows the rows of a table one by one, in no order, without holding all of them.
     *
     * @param columns of which the values are shown, as text; null is NULL
     */
    void readRows(TableName name, List<Column> columns, Consumer<List<@Nullable String>> action);

    /** Opens a session for one load of a feed. */
    LoadSession open(Feed feed);

    /** Opens a session for a preview of a load: it compares with the planned target, and must not change anything. */
    LoadSession preview(Feed feed, PlannedTarget planned);

    /**
     * Writes a load that changed nothing in the target, with the entries of its objects, in a transaction of its own.
     * If it has objects, the ledger of the target must be there.
     */
    void record(LoadRecord load);

    /**
     * Writes a load that changed nothing in the target, with the entries of its objects, in a transaction of its own, unless
     * the ledger of the target has new entries since a position. The ledger must exist.
     *
     * @param position the last ledger position known
     * @return whether it was written
     */
    boolean record(LoadRecord load, long position);

    /**
     * Shows the ids of the loads in the run history, which have ended, committed or failed; none if there is no ledger yet.
     *
     * @param firstId the first id to show; ids are in the order in which loads began
     */
    void readEndedLoads(String firstId, Consumer<String> action);

    /** Returns whether a load's commit took place; waits for one that is still under way. */
    boolean isCommitted(TableName target, String loadId);

    /** Returns the ids of the loads whose dead letters are not sent yet, oldest first, each with its feed. */
    Map<String, String> findUnsentDeadLetters();

    /** Notes that the dead letters of a load were sent. */
    void deadLettersSent(String loadId);

    /** Returns the ids of the loads of all feeds whose objects are still to be tidied, oldest first, each with its feed. */
    Map<String, String> findUntidied();

    /**
     * Shows the objects of a load of which the ledger says nothing later, in the load's order.
     *
     * @param action gets each with what became of it
     */
    void readUntidied(TableName target, String loadId, BiConsumer<ObjectVersion, Outcome> action);

    /** Notes that the objects of a load are tidied. */
    void tidied(String loadId);
}
