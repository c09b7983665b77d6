package io.caravan.redshift.comparison;

import io.caravan.model.feed.MergePlan;
import io.caravan.model.table.Column;
import io.caravan.model.table.PlannedTarget;
import io.caravan.redshift.connection.BatchedInsert;
import io.caravan.redshift.connection.Jdbc;
import io.caravan.redshift.sql.ProvenanceSql;
import io.caravan.redshift.sql.StagingSql;
import io.caravan.spi.StagingTable;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The staging tables of a load. Each is created when something is staged in it, in the same transaction: most loads need one
 * of them only, and every statement and every commit has its price.
 */
public final class CreatedStaging {

    private final PlannedTarget planned;
    private final Set<StagingTable> tables = EnumSet.noneOf(StagingTable.class);
    private final Set<StagingTable> committed = EnumSet.noneOf(StagingTable.class);
    private @Nullable MergePlan plan;
    private boolean keepsRows;

    /** Whether the session may still have tables of an earlier load, or of this one, under these names. */
    private boolean hasLeftovers;

    /** The same, as of the last commit. */
    private boolean hadLeftovers;

    /**
     * Begins with none.
     *
     * @param planned the planned changes of the target, for the comparison
     * @param hasLeftovers whether the session may have tables of an earlier load
     */
    public CreatedStaging(PlannedTarget planned, boolean hasLeftovers) {
        this.planned = planned;
        this.hasLeftovers = hasLeftovers;
        this.hadLeftovers = hasLeftovers;
    }

    public void begin(MergePlan mergePlan) {
        plan = mergePlan.with(planned);
    }

    /**
     * Returns the load's plan.
     *
     * @throws IllegalStateException if there is none yet
     */
    public MergePlan plan() {
        if (plan == null) {
            throw new IllegalStateException("the load has no plan yet");
        }
        return plan;
    }

    /** Returns the columns of a staging table after the object number and line. */
    public List<Column> columns(StagingTable table) {
        return table == StagingTable.REJECTED ? plan().rejectedKeys() : plan().stagedColumns();
    }

    /** Returns whether a table is there; one that is not there would be empty. */
    public boolean has(StagingTable table) {
        return tables.contains(table);
    }

    /** Creates a table, empty, if it is not there. */
    public void require(Connection jdbc, StagingTable table) throws SQLException {
        if (tables.contains(table)) {
            return;
        }
        clear(jdbc);
        Jdbc.execute(
                jdbc,
                switch (table) {
                    case ROWS -> StagingSql.createRows(columns(table));
                    case REJECTED -> StagingSql.createRejected(columns(table));
                    case REPLAYED -> StagingSql.createReplayed();
                    case UNSEEN -> StagingSql.createUnseen();
                    case REPAIRED -> StagingSql.createRepaired();
                });
        tables.add(table);
    }

    /** Drops what the session has left under the names of staging tables. */
    public void clear(Connection jdbc) throws SQLException {
        if (hasLeftovers) {
            Jdbc.execute(jdbc, StagingSql.dropStaging());
            hasLeftovers = false;
        }
    }

    /** Sets the key of each object, by its number. */
    public void nameObjects(Connection jdbc, Map<Integer, String> keys) throws SQLException {
        clear(jdbc);
        Jdbc.execute(jdbc, ProvenanceSql.createObjects());
        try (BatchedInsert insert = new BatchedInsert(jdbc, ProvenanceSql.insertObject())) {
            keys.forEach((number, key) -> {
                insert.field(number);
                insert.field(key);
                insert.endRow();
            });
            insert.flush();
        }
    }

    /** Commits: what is there now stays. */
    public void commit(Connection jdbc) throws SQLException {
        jdbc.commit();
        committed.addAll(tables);
        hadLeftovers = hasLeftovers;
    }

    /** Rolls back: what was created or dropped since the last commit is as it was then. */
    public void rollback(Connection jdbc) throws SQLException {
        jdbc.rollback();
        tables.retainAll(committed);
        hasLeftovers = hadLeftovers;
    }

    /** Notes that the staged rows are to stay: a later failure loses only the rows staged since. */
    public void keep() {
        keepsRows = true;
    }

    /** Empties the tables after a failed COPY, which takes all of its transaction with it, unless their rows are to stay. */
    public void empty(Connection jdbc) throws SQLException {
        rollback(jdbc);
        if (!keepsRows && !committed.isEmpty()) {
            tables.clear();
            committed.clear();
            hasLeftovers = true;
            hadLeftovers = true;
        }
    }
}
