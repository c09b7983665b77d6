package io.caravan.redshift;

import io.caravan.base.ErrorCode;
import io.caravan.base.InvalidConfigurationException;
import io.caravan.base.RetryableException;
import io.caravan.model.feed.Feed;
import io.caravan.model.feed.MergePlan;
import io.caravan.model.ledger.LoadedContent;
import io.caravan.redshift.comparison.CreatedStaging;
import io.caravan.redshift.connection.BatchedInsert;
import io.caravan.redshift.connection.Jdbc;
import io.caravan.redshift.connection.SessionConnection;
import io.caravan.redshift.sql.CopyAccess;
import io.caravan.redshift.sql.CopySql;
import io.caravan.redshift.sql.SqlText;
import io.caravan.redshift.sql.StagingSql;
import io.caravan.redshift.sql.SupersededSql;
import io.caravan.spi.CopyTolerance;
import io.caravan.spi.DirectObject;
import io.caravan.spi.DirectRows;
import io.caravan.spi.RefusedRecord;
import io.caravan.spi.StagingInsert;
import io.caravan.spi.StagingSession;
import io.caravan.spi.StagingTable;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/** The private part of a load, over its connection. */
final class RedshiftStagingSession implements StagingSession {

    private final SessionConnection connection;
    private final CreatedStaging created;
    private final Feed feed;
    private final @Nullable CopyAccess access;

    /**
     * Takes the connection.
     *
     * @param created learns of the staging tables
     * @param access how the warehouse reads data files; null if it does not
     */
    RedshiftStagingSession(
            SessionConnection connection, CreatedStaging created, Feed feed, @Nullable CopyAccess access) {
        this.connection = connection;
        this.created = created;
        this.feed = feed;
        this.access = access;
    }

    @Override
    public void begin(MergePlan plan) {
        created.begin(plan);
    }

    @Override
    public StagingInsert insert(StagingTable table) {
        return connection.ask("preparing to stage rows", jdbc -> {
            created.require(jdbc, table);
            return connection.closing(new BatchedInsert(jdbc, StagingSql.insert(table, created.columns(table))));
        });
    }

    @Override
    public void copy(StagingTable table, String manifest, String nullMarker, CopyTolerance tolerance) {
        String copy = CopySql.copy(table, created.columns(table), manifest, access(), nullMarker, tolerance);
        try {
            connection.run("copying data files into " + table.tableName(), jdbc -> {
                created.require(jdbc, table);
                Jdbc.execute(jdbc, copy);
            });
        } catch (RetryableException e) {
            if (e.code() == ErrorCode.WAREHOUSE_REFUSED_ROWS) {
                connection.run("emptying the staging tables", created::empty);
            }
            throw e;
        }
    }

    @Override
    public DirectRows copyDirectly(DirectObject object, String nullMarker, BooleanSupplier isUnchanged) {
        CopyAccess ofFeed = new CopyAccess(access().iamRole(), feed.access().region());
        created.keep();
        return connection.ask("staging an object directly", jdbc -> {
            created.require(jdbc, StagingTable.ROWS);
            // Rows that were staged before stay, as a failed COPY ends its whole transaction.
            created.commit(jdbc);
            return new DirectCopy(jdbc, created.plan(), object).stage(ofFeed, nullMarker, isUnchanged);
        });
    }

    @Override
    public void readRefused(String folder, Consumer<RefusedRecord> action) {
        connection.run("reading which rows COPY has refused", jdbc -> {
            Jdbc.query(jdbc, CopySql.readRefused(), row -> action.accept(refused(row)), SqlText.startingWith(folder));
        });
    }

    private static RefusedRecord refused(ResultSet row) throws SQLException {
        @Nullable String column = row.getString(3);
        return new RefusedRecord(
                row.getString(1),
                row.getLong(2),
                column == null || column.isEmpty() ? null : column,
                "COPY refused it with error " + row.getInt(4) + ": " + row.getString(5));
    }

    @Override
    public Map<Integer, Long> count(StagingTable table) {
        return connection.ask(
                "counting " + table.tableName(),
                jdbc -> created.has(table) ? byObject(jdbc, StagingSql.count(table)) : Map.of());
    }

    private static Map<Integer, Long> byObject(Connection jdbc, String sql) throws SQLException {
        Map<Integer, Long> counts = new HashMap<>();
        Jdbc.query(jdbc, sql, row -> counts.put(row.getInt(1), row.getLong(2)));
        return counts;
    }

    @Override
    public Set<Integer> findRepeatedKeys() {
        return connection.ask("looking for repeated keys", jdbc -> {
            created.require(jdbc, StagingTable.ROWS);
            return byObject(jdbc, SupersededSql.findRepeatedKeys(created.plan()))
                    .keySet();
        });
    }

    @Override
    public Map<Integer, Long> removeSuperseded() {
        return connection.ask("keeping one row for each key", jdbc -> {
            created.require(jdbc, StagingTable.ROWS);
            Jdbc.execute(jdbc, SupersededSql.create(created.plan()));
            Map<Integer, Long> superseded = byObject(jdbc, SupersededSql.count());
            if (!superseded.isEmpty()) {
                Jdbc.execute(jdbc, SupersededSql.delete());
            }
            return superseded;
        });
    }

    @Override
    public void nameObjects(Map<Integer, String> keys) {
        connection.run("naming the objects", jdbc -> created.nameObjects(jdbc, keys));
    }

    private CopyAccess access() {
        if (access == null) {
            throw new InvalidConfigurationException(
                    ErrorCode.SETTING_MISSING, "COPY needs an IAM role; set caravan.staging.iam-role");
        }
        return access;
    }

    @Override
    public void readLines(int object, LongConsumer action) {
        connection.run("reading which rows are staged", jdbc -> {
            created.require(jdbc, StagingTable.ROWS);
            Jdbc.query(jdbc, StagingSql.readLines(), row -> action.accept(row.getLong(1)), object);
        });
    }

    @Override
    public void dropStagedFromRejected() {
        connection.run("telling refused rows from staged ones", jdbc -> {
            if (created.has(StagingTable.ROWS) && created.has(StagingTable.REJECTED)) {
                Jdbc.execute(jdbc, StagingSql.deleteStagedFromRejected());
            }
        });
    }

    @Override
    public void dropRows(Set<Integer> objects) {
        drop("removing the rows of rejected objects", StagingTable.ROWS, objects);
    }

    @Override
    public void dropReplayed(Set<Integer> objects) {
        drop("removing the dead letters of rejected objects", StagingTable.REPLAYED, objects);
    }

    private void drop(String doing, StagingTable table, Set<Integer> objects) {
        connection.run(doing, jdbc -> {
            if (created.has(table)) {
                Jdbc.execute(jdbc, StagingSql.deleteObjects(table, objects));
            }
        });
    }

    @Override
    public void dropRejectedAfter(int object, long line) {
        connection.run("removing rejected rows", jdbc -> {
            if (created.has(StagingTable.REJECTED)) {
                Jdbc.update(jdbc, StagingSql.deleteRejectedAfter(), object, line);
            }
        });
    }

    @Override
    public List<LoadedContent> findLoaded(Collection<String> hashes) {
        return connection.ask(
                "asking for the same content", jdbc -> LedgerTables.findLoadedAs(jdbc, feed.target(), hashes));
    }

    @Override
    public void endPrivatePart() {
        connection.run("ending the private part", created::commit);
    }

    @Override
    public void undoSharedPart() {
        connection.run("rolling back", created::rollback);
    }
}
