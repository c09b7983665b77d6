package io.caravan.redshift;

import io.caravan.base.ErrorCode;
import io.caravan.base.RetryableException;
import io.caravan.model.Snapshot;
import io.caravan.model.TargetChanges;
import io.caravan.model.feed.Feed;
import io.caravan.model.feed.MergePlan;
import io.caravan.model.ledger.LedgerMark;
import io.caravan.model.ledger.LoadRecord;
import io.caravan.model.table.TableName;
import io.caravan.model.table.TargetSum;
import io.caravan.redshift.comparison.Comparison;
import io.caravan.redshift.comparison.CreatedStaging;
import io.caravan.redshift.comparison.FoundChanges;
import io.caravan.redshift.connection.Jdbc;
import io.caravan.redshift.connection.LedgerWait;
import io.caravan.redshift.connection.LoadDataSource;
import io.caravan.redshift.connection.RedshiftFailures;
import io.caravan.redshift.connection.SessionConnection;
import io.caravan.redshift.sql.ChangesSql;
import io.caravan.redshift.sql.DeadLetterSql;
import io.caravan.redshift.sql.KeptSql;
import io.caravan.redshift.sql.LedgerSql;
import io.caravan.redshift.sql.MergeSql;
import io.caravan.redshift.sql.ObjectsSql;
import io.caravan.redshift.sql.SessionSql;
import io.caravan.redshift.sql.StagingSql;
import io.caravan.redshift.sql.SumSql;
import io.caravan.redshift.sql.TargetSql;
import io.caravan.spi.StagingTable;
import io.caravan.spi.TargetSession;
import java.math.BigInteger;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The shared part of a load, over its connection. */
final class RedshiftTargetSession implements TargetSession {

    private final SessionConnection connection;
    private final CreatedStaging created;
    private final Feed feed;
    private final TableName target;
    private final LoadDataSource dataSource;
    private final LedgerWait ledgerWait;
    private final Sent sent;

    /** What is known of the target and its ledger; null once something has changed it. */
    private @Nullable LockedLook look;

    /**
     * Takes the connection.
     *
     * @param created has the plan of the load
     * @param dataSource gives the connection to a feed's own SQL
     * @param sent what of a load is to be sent somewhere too
     */
    RedshiftTargetSession(
            SessionConnection connection,
            CreatedStaging created,
            Feed feed,
            LoadDataSource dataSource,
            LedgerWait ledgerWait,
            Sent sent) {
        this.connection = connection;
        this.created = created;
        this.feed = feed;
        this.target = feed.target();
        this.dataSource = dataSource;
        this.ledgerWait = ledgerWait;
        this.sent = sent;
    }

    @Override
    public List<LedgerMark> lockLedger(long position, long stagedRows) {
        return connection.ask("locking the ledger of " + target, jdbc -> {
            ledgerWait.during(target, () -> Jdbc.execute(jdbc, LedgerSql.lock(target)));
            Comparison comparison = new Comparison(jdbc, created);
            // Into a target that no load has filled yet, all rows go as they are.
            boolean isCompared = position > 0 && comparison.comesFirst(stagedRows);
            if (isCompared) {
                comparison.compareFew();
            }
            LockedLook first = LockedLook.take(jdbc, target, position, isCompared);
            look = first;
            return first.marks();
        });
    }

    @Override
    public long markReplayed() {
        return connection.ask("marking dead letters", jdbc -> {
            created.require(jdbc, StagingTable.REPLAYED);
            return Jdbc.update(
                    jdbc, DeadLetterSql.markReplayed(), created.plan().loadId());
        });
    }

    @Override
    public long countTarget() {
        if (!created.plan().planned().exists()) {
            return 0;
        }
        if (look != null) {
            return look.targetRows();
        }
        return connection.ask("counting " + target, jdbc -> Jdbc.queryLong(jdbc, TargetSql.count(created.plan())));
    }

    @Override
    public long countLost() {
        return connection.ask(
                "asking what was loaded into " + target,
                jdbc -> Jdbc.queryLong(jdbc, ObjectsSql.countLost(target), target.toString()));
    }

    @Override
    public long countWithoutKeys(int object) {
        return connection.ask(
                "looking for rejected rows without keys",
                jdbc -> created.has(StagingTable.REJECTED)
                        ? Jdbc.queryLong(jdbc, KeptSql.countWithoutKeys(), object)
                        : 0L);
    }

    @Override
    public TargetSum sumTarget() {
        return connection.ask("summing up " + target, jdbc -> sum(jdbc, SumSql.sumTarget(created.plan())));
    }

    @Override
    public TargetSum sumChanged() {
        return connection.ask(
                "summing up what changes of " + target, jdbc -> sum(jdbc, SumSql.sumChanged(created.plan())));
    }

    @Override
    public long findUnseen(int snapshot) {
        return connection.ask("looking for the rows that the object lacks", jdbc -> {
            created.require(jdbc, StagingTable.UNSEEN);
            return Jdbc.update(jdbc, ChangesSql.addUnseen(created.plan()), snapshot);
        });
    }

    @Override
    public long record(LoadRecord load, List<Integer> numbers, long position, OptionalLong targetRows) {
        return connection.ask("writing the ledger of " + target, jdbc -> {
            writeLoad(jdbc, load, targetRows);
            LedgerTables.writeObjects(jdbc, load, position);
            long deadLetters = new RecordedRows(jdbc, created, load).write(numbers, position);
            sent.note(jdbc, load);
            if (load.hasToTidy(feed.objects().afterLoad())) {
                LedgerTables.writeUnsent(jdbc, LedgerSql.UNTIDIED_LOADS, load);
            }
            return deadLetters;
        });
    }

    private void writeLoad(Connection jdbc, LoadRecord load, OptionalLong targetRows) throws SQLException {
        if (targetRows.isEmpty()) {
            LedgerTables.writeLoad(jdbc, load);
        } else if (!LedgerTables.writeLoadIf(jdbc, load, targetRows.getAsLong())) {
            throw new RetryableException(
                    ErrorCode.COUNTS_DO_NOT_ADD_UP,
                    "The counts do not add up, so nothing is committed: the target should have "
                            + targetRows.getAsLong() + " rows and has " + countTarget() + " after " + load.counts());
        }
    }

    private static TargetSum sum(Connection jdbc, String sql) throws SQLException {
        try (PreparedStatement statement = Jdbc.prepare(jdbc, sql);
                ResultSet row = statement.executeQuery()) {
            row.next();
            return new TargetSum(row.getLong(1), new BigInteger(row.getString(2)));
        }
    }

    @Override
    public TargetChanges findChanges(
            long targetRows, Map<Integer, Long> stagedRows, @Nullable Snapshot snapshot, Set<Integer> overtaken) {
        @Nullable FoundChanges first = look == null ? null : look.changes();
        return connection.ask("comparing with " + target, jdbc -> new Comparison(jdbc, created)
                .find(first, targetRows, stagedRows, snapshot, overtaken));
    }

    @Override
    public void merge(TargetChanges changes) {
        look = null;
        connection.run("merging into " + target, jdbc -> {
            created.require(jdbc, StagingTable.ROWS);
            for (String statement : statements(created.plan(), changes)) {
                Jdbc.execute(jdbc, statement);
            }
        });
    }

    static List<String> statements(MergePlan plan, TargetChanges changes) {
        return switch (changes.way()) {
            case AS_USUAL -> MergeSql.statements(plan, changes.sum());
            case INTO_EMPTY -> List.of(MergeSql.insertIntoEmpty(plan));
            case KEEPING_REJECTED -> MergeSql.replace(plan, KeptSql.deleteOthers(plan));
            case REPLACING_STAGED -> MergeSql.replace(plan, KeptSql.deleteStaged(plan));
        };
    }

    @Override
    public void script(Runnable script) {
        boolean isRun;
        try {
            isRun = dataSource.with(connection.jdbc(), script);
        } catch (RuntimeException e) {
            throw RedshiftFailures.ofScript(e);
        }
        if (isRun) {
            boolean isCompared = look != null && look.changes() != null;
            look = null;
            connection.run("going on after the feed's own SQL", jdbc -> {
                if (isCompared) {
                    Jdbc.execute(jdbc, StagingSql.dropChanges());
                }
                // It may have set another; what follows, and the next load, are not to notice.
                Jdbc.execute(jdbc, SessionSql.setTimeZone());
            });
        }
    }

    @Override
    public void commit() {
        try {
            connection.jdbc().commit();
        } catch (SQLException e) {
            RuntimeException failure = connection.failed("committing into " + target, e);
            throw RedshiftFailures.isConnectionLost(e)
                    ? new RetryableException(
                            ErrorCode.COMMIT_LOST, "The connection died during the commit into " + target, e)
                    : failure;
        }
    }

    @Override
    public void close() {
        connection.close();
    }
}
