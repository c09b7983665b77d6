package io.caravan.redshift;

import io.caravan.model.ChangeCounts;
import io.caravan.model.TargetChanges;
import io.caravan.model.TargetChanges.Way;
import io.caravan.model.feed.MergePlan;
import io.caravan.model.ledger.LedgerMark;
import io.caravan.model.preview.PreviewedRejection;
import io.caravan.model.preview.PreviewedRow;
import io.caravan.model.preview.RejectedCount;
import io.caravan.model.preview.RowEffect;
import io.caravan.model.table.TableName;
import io.caravan.redshift.comparison.CreatedStaging;
import io.caravan.redshift.comparison.PreviewedRows;
import io.caravan.redshift.connection.Jdbc;
import io.caravan.redshift.connection.SessionConnection;
import io.caravan.redshift.sql.ChangesSql;
import io.caravan.redshift.sql.DeadLetterSql;
import io.caravan.redshift.sql.PreviewSql;
import io.caravan.spi.StagingTable;
import io.caravan.spi.preview.PreviewSession;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The queries of a preview, over the connection of its load. */
final class RedshiftPreviewSession implements PreviewSession {

    private final SessionConnection connection;
    private final CreatedStaging created;
    private final TableName target;

    /**
     * Takes the connection.
     *
     * @param created has the plan of the load
     */
    RedshiftPreviewSession(SessionConnection connection, CreatedStaging created, TableName target) {
        this.connection = connection;
        this.created = created;
        this.target = target;
    }

    @Override
    public List<LedgerMark> readLedger(long position) {
        return connection.ask("reading the ledger of " + target, jdbc -> {
            List<LedgerMark> marks = new ArrayList<>();
            if (LedgerTables.exists(jdbc, target)) {
                LedgerTables.read(jdbc, target, position, false, marks::add);
            }
            return marks;
        });
    }

    @Override
    public long countReplayed() {
        return connection.ask("counting dead letters", jdbc -> {
            created.require(jdbc, StagingTable.REPLAYED);
            return Jdbc.queryLong(jdbc, DeadLetterSql.countReplayed());
        });
    }

    @Override
    public List<String> statements(TargetChanges changes) {
        return changes.sum().equals(ChangeCounts.NONE)
                ? List.of()
                : RedshiftTargetSession.statements(created.plan(), changes);
    }

    @Override
    public List<PreviewedRow> readRows(TargetChanges changes, int limit) {
        MergePlan plan = created.plan();
        PreviewedRows rows = new PreviewedRows(plan);
        boolean isCompared = plan.policy().mode().comparesKeys()
                && !plan.policy().mode().replacesAll()
                && changes.way() == Way.AS_USUAL;
        ChangeCounts sum = changes.sum();
        connection.run("reading what would change of " + target, jdbc -> {
            created.require(jdbc, StagingTable.ROWS);
            if (isCompared) {
                readCompared(jdbc, rows, sum, limit);
            } else {
                readStaged(jdbc, rows, changes, limit);
            }
        });
        return rows.all();
    }

    private void readCompared(Connection jdbc, PreviewedRows rows, ChangeCounts sum, int limit) throws SQLException {
        MergePlan plan = created.plan();
        if (sum.inserted() > 0) {
            String sql = PreviewSql.readChanges(plan, Set.of(ChangesSql.INSERT), limit);
            Jdbc.query(jdbc, sql, row -> rows.addCompared(RowEffect.INSERTED, row));
        }
        if (sum.updated() > 0) {
            String sql = PreviewSql.readChanges(plan, Set.of(ChangesSql.UPDATE), limit);
            Jdbc.query(jdbc, sql, row -> rows.addCompared(RowEffect.UPDATED, row));
        }
        if (sum.deleted() + sum.missing() > 0) {
            String sql = PreviewSql.readChanges(plan, Set.of(ChangesSql.DELETE, ChangesSql.MISSING), limit);
            Jdbc.query(jdbc, sql, row -> rows.addCompared(RowEffect.DELETED, row));
        }
        if (sum.stale() > 0) {
            String sql = PreviewSql.readChanges(plan, Set.of(ChangesSql.STALE, ChangesSql.LEFT), limit);
            Jdbc.query(jdbc, sql, row -> rows.addCompared(RowEffect.STALE, row));
        }
    }

    private void readStaged(Connection jdbc, PreviewedRows rows, TargetChanges changes, int limit) throws SQLException {
        MergePlan plan = created.plan();
        if (changes.sum().inserted() > 0) {
            Jdbc.query(jdbc, PreviewSql.readStaged(plan, limit), rows::addStaged);
        }
        if (changes.sum().missing() > 0) {
            int snapshot = changes.byObject().entrySet().stream()
                    .filter(object -> object.getValue().missing() > 0)
                    .mapToInt(object -> object.getKey())
                    .findFirst()
                    .orElseThrow();
            Jdbc.query(
                    jdbc, PreviewSql.readReplaced(plan, changes.way(), limit), row -> rows.addReplaced(snapshot, row));
        }
    }

    @Override
    public List<RejectedCount> countRejected() {
        List<RejectedCount> counts = new ArrayList<>();
        connection.run("counting rejected rows", jdbc -> {
            created.require(jdbc, StagingTable.REJECTED);
            Jdbc.query(
                    jdbc,
                    PreviewSql.countRejected(),
                    row -> counts.add(new RejectedCount(
                            row.getInt(1), row.getString(2), row.getLong(3), row.getLong(4), row.getString(5))));
        });
        return counts;
    }

    @Override
    public List<PreviewedRejection> readRejected(int limit) {
        List<PreviewedRejection> rejected = new ArrayList<>();
        connection.run("reading rejected rows", jdbc -> {
            created.require(jdbc, StagingTable.REJECTED);
            Jdbc.query(
                    jdbc,
                    PreviewSql.readRejected(limit),
                    row -> rejected.add(new PreviewedRejection(
                            row.getInt(1),
                            row.getLong(2),
                            row.getString(3),
                            row.getString(4),
                            row.getString(5),
                            row.getString(6))));
        });
        return rejected;
    }
}
