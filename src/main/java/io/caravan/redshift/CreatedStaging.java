package io.caravan.redshift;

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
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The staging tables that a load has created, so that they can be created again after a rollback. */
final class CreatedStaging {

    private final PlannedTarget planned;
    private @Nullable MergePlan plan;
    private boolean hasReplayed;
    private boolean hasUnseen;
    private boolean hasRepaired;
    private boolean keepsRows;

    /**
     * Begins with none.
     *
     * @param planned the planned changes of the target, for the comparison
     */
    CreatedStaging(PlannedTarget planned) {
        this.planned = planned;
    }

    /**
     * Returns the load's plan.
     *
     * @throws IllegalStateException if nothing has been created yet
     */
    MergePlan plan() {
        if (plan == null) {
            throw new IllegalStateException("no staging table has been created");
        }
        return plan;
    }

    /** Returns the columns of a staging table after the object number and line. */
    List<Column> columns(StagingTable table) {
        return table == StagingTable.REJECTED ? plan().rejectedKeys() : plan().stagedColumns();
    }

    void create(Connection jdbc, MergePlan mergePlan) throws SQLException {
        plan = mergePlan.with(planned);
        Jdbc.execute(jdbc, StagingSql.dropStaging());
        Jdbc.execute(jdbc, StagingSql.createRows(mergePlan.stagedColumns()));
        Jdbc.execute(jdbc, StagingSql.createRejected(mergePlan.rejectedKeys()));
        // Objects are read now: Redshift Serverless bills an open transaction, and VACUUM waits for it.
        jdbc.commit();
    }

    void createReplayed(Connection jdbc) throws SQLException {
        hasReplayed = true;
        Jdbc.execute(jdbc, StagingSql.createReplayed());
        jdbc.commit();
    }

    void createUnseen(Connection jdbc) throws SQLException {
        hasUnseen = true;
        Jdbc.execute(jdbc, StagingSql.createUnseen());
        jdbc.commit();
    }

    void createRepaired(Connection jdbc) throws SQLException {
        hasRepaired = true;
        Jdbc.execute(jdbc, StagingSql.createRepaired());
        jdbc.commit();
    }

    /** Sets the key of each object, by its number. */
    void nameObjects(Connection jdbc, Map<Integer, String> keys) throws SQLException {
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

    /** Notes that the staged rows are committed: a later failure loses only the rows staged since. */
    void keep() {
        keepsRows = true;
    }

    /** Creates again, empty, the tables that were created but not kept. */
    void createAgain(Connection jdbc) throws SQLException {
        if (keepsRows) {
            return;
        }
        create(jdbc, plan());
        if (hasReplayed) {
            createReplayed(jdbc);
        }
        if (hasUnseen) {
            createUnseen(jdbc);
        }
        if (hasRepaired) {
            createRepaired(jdbc);
        }
    }
}
