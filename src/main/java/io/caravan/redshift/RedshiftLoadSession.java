package io.caravan.redshift;

import static java.util.Objects.requireNonNull;

import io.caravan.base.ErrorCode;
import io.caravan.base.InvalidConfigurationException;
import io.caravan.base.RetryableException;
import io.caravan.model.ChangeCounts;
import io.caravan.model.Snapshot;
import io.caravan.model.Snapshot.Stays;
import io.caravan.model.feed.Feed;
import io.caravan.model.feed.MergePlan;
import io.caravan.model.ledger.LedgerMark;
import io.caravan.model.ledger.LoadRecord;
import io.caravan.model.ledger.LoadedContent;
import io.caravan.model.table.Column;
import io.caravan.model.table.TableName;
import io.caravan.model.table.TargetSum;
import io.caravan.redshift.connection.BatchedInsert;
import io.caravan.redshift.connection.Connections;
import io.caravan.redshift.connection.Jdbc;
import io.caravan.redshift.connection.LedgerWait;
import io.caravan.redshift.connection.LoadDataSource;
import io.caravan.redshift.connection.RedshiftFailures;
import io.caravan.redshift.sql.ChangesSql;
import io.caravan.redshift.sql.CopySql;
import io.caravan.redshift.sql.DeadLetterSql;
import io.caravan.redshift.sql.KeptSql;
import io.caravan.redshift.sql.LedgerSql;
import io.caravan.redshift.sql.MergeSql;
import io.caravan.redshift.sql.ObjectsSql;
import io.caravan.redshift.sql.ProvenanceSql;
import io.caravan.redshift.sql.SessionSql;
import io.caravan.redshift.sql.SqlText;
import io.caravan.redshift.sql.StagingSql;
import io.caravan.redshift.sql.SumSql;
import io.caravan.redshift.sql.SupersededSql;
import io.caravan.redshift.sql.TargetSql;
import io.caravan.spi.CopyTolerance;
import io.caravan.spi.DirectObject;
import io.caravan.spi.DirectRows;
import io.caravan.spi.LoadSession;
import io.caravan.spi.RefusedRecord;
import io.caravan.spi.StagingInsert;
import io.caravan.spi.StagingTable;
import java.math.BigInteger;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A load's connection; auto-commit is off from its first statement to its last. */
final class RedshiftLoadSession implements LoadSession {

    private static final Logger log = LoggerFactory.getLogger(RedshiftLoadSession.class);

    /** Something to do over JDBC. */
    @FunctionalInterface
    private interface Action {
        void run() throws SQLException;
    }

    /** Something to ask over JDBC. */
    @FunctionalInterface
    private interface Question<T> {
        T ask() throws SQLException;
    }

    private final Connection connection;
    private final Connections.Held held;
    private final TableName target;
    private final @Nullable String iamRole;
    private final LoadDataSource dataSource;
    private final boolean sendsDeadLetters;
    private final LedgerWait ledgerWait;
    private final List<BatchedInsert> inserts = new ArrayList<>();
    private @Nullable MergePlan plan;
    private boolean replays;
    private boolean keepsStaged;
    private boolean isEveryRowNew;

    /** What stays where all rows are replaced. */
    private Stays staying = Stays.NOTHING;

    private boolean namesUnseen;
    private boolean failed;
    private boolean closed;

    /**
     * Takes a connection.
     *
     * @param sendsDeadLetters whether a load with dead letters notes that they are to be sent somewhere too
     */
    RedshiftLoadSession(
            Connections.Held held,
            Feed feed,
            @Nullable String iamRole,
            LoadDataSource dataSource,
            LedgerWait ledgerWait,
            boolean sendsDeadLetters) {
        this.held = held;
        this.connection = held.connection();
        this.target = feed.target();
        this.iamRole = iamRole;
        this.dataSource = dataSource;
        this.ledgerWait = ledgerWait;
        this.sendsDeadLetters = sendsDeadLetters;
    }

    @Override
    public void createStaging(MergePlan mergePlan) {
        plan = mergePlan;
        run("creating the staging tables", () -> {
            Jdbc.execute(connection, StagingSql.dropStaging());
            Jdbc.execute(connection, StagingSql.createRows(plan().stagedColumns()));
            Jdbc.execute(connection, StagingSql.createRejected(plan().rejectedKeys()));
            // Objects are read now: Redshift Serverless bills an open transaction, and VACUUM waits for it.
            connection.commit();
        });
    }

    @Override
    public void createReplayed() {
        replays = true;
        run("creating the staging tables", () -> {
            Jdbc.execute(connection, StagingSql.createReplayed());
            connection.commit();
        });
    }

    @Override
    public void createUnseen() {
        namesUnseen = true;
        run("creating the staging tables", () -> {
            Jdbc.execute(connection, StagingSql.createUnseen());
            connection.commit();
        });
    }

    @Override
    public void nameObjects(Map<Integer, String> keys) {
        run("naming the objects", () -> {
            Jdbc.execute(connection, ProvenanceSql.createObjects());
            try (BatchedInsert insert = new BatchedInsert(connection, ProvenanceSql.insertObject())) {
                keys.forEach((number, key) -> {
                    insert.field(number);
                    insert.field(key);
                    insert.endRow();
                });
                insert.flush();
            }
        });
    }

    @Override
    public StagingInsert insert(StagingTable table) {
        return ask("preparing to stage rows", () -> {
            BatchedInsert insert = new BatchedInsert(connection, StagingSql.insert(table, columns(table)));
            inserts.add(insert);
            return insert;
        });
    }

    @Override
    public void copy(StagingTable table, String manifest, String nullMarker, CopyTolerance tolerance) {
        String copy = CopySql.copy(table, columns(table), manifest, iamRole(), nullMarker, tolerance);
        try {
            run("copying data files into " + table.tableName(), () -> {
                Jdbc.execute(connection, copy);
            });
        } catch (RetryableException e) {
            if (e.code() == ErrorCode.WAREHOUSE_REFUSED_ROWS) {
                startAgain();
            }
            throw e;
        }
    }

    @Override
    public DirectRows copyDirectly(DirectObject object, String nullMarker, BooleanSupplier isUnchanged) {
        String role = iamRole();
        keepsStaged = true;
        return ask("staging an object directly", () -> new DirectCopy(connection, plan(), object)
                .stage(role, nullMarker, isUnchanged));
    }

    private List<Column> columns(StagingTable table) {
        return table == StagingTable.REJECTED ? plan().rejectedKeys() : plan().stagedColumns();
    }

    private String iamRole() {
        if (iamRole == null) {
            throw new InvalidConfigurationException(
                    ErrorCode.SETTING_MISSING, "COPY needs an IAM role; set caravan.staging.iam-role");
        }
        return iamRole;
    }

    /** A failure takes all of the transaction with it: the staging tables too, or what was staged since they were committed. */
    private void startAgain() {
        run("rolling back", connection::rollback);
        if (keepsStaged) {
            return;
        }
        createStaging(plan());
        if (replays) {
            createReplayed();
        }
        if (namesUnseen) {
            createUnseen();
        }
    }

    @Override
    public void readRefused(String folder, Consumer<RefusedRecord> action) {
        run("reading which rows COPY has refused", () -> {
            Jdbc.query(
                    connection,
                    CopySql.readRefused(),
                    row -> action.accept(refused(row)),
                    SqlText.startingWith(folder));
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
    public void readLines(int object, LongConsumer action) {
        run("reading which rows are staged", () -> {
            Jdbc.query(connection, StagingSql.readLines(), row -> action.accept(row.getLong(1)), object);
        });
    }

    @Override
    public void dropStagedFromRejected() {
        run("telling refused rows from staged ones", () -> {
            Jdbc.execute(connection, StagingSql.deleteStagedFromRejected());
        });
    }

    @Override
    public void dropRows(Set<Integer> objects) {
        run("removing the rows of rejected objects", () -> {
            Jdbc.execute(connection, StagingSql.deleteObjects(StagingTable.ROWS, objects));
        });
    }

    @Override
    public void dropReplayed(Set<Integer> objects) {
        run("removing the dead letters of rejected objects", () -> {
            Jdbc.execute(connection, StagingSql.deleteObjects(StagingTable.REPLAYED, objects));
        });
    }

    @Override
    public void dropRejectedAfter(int object, long line) {
        run("removing rejected rows", () -> {
            Jdbc.update(connection, StagingSql.deleteRejectedAfter(), object, line);
        });
    }

    @Override
    public Map<Integer, Long> count(StagingTable table) {
        return ask("counting " + table.tableName(), () -> countsByObject(StagingSql.count(table)));
    }

    @Override
    public Map<StagingTable, Map<Integer, Long>> countStaged() {
        return ask("counting what is staged", () -> {
            Map<StagingTable, Map<Integer, Long>> counts = new EnumMap<>(StagingTable.class);
            counts.put(StagingTable.ROWS, new HashMap<>());
            counts.put(StagingTable.REJECTED, new HashMap<>());
            Jdbc.query(connection, StagingSql.countStaged(), row -> requireNonNull(
                            counts.get(StagingTable.valueOf(row.getString(1))))
                    .put(row.getInt(2), row.getLong(3)));
            return counts;
        });
    }

    @Override
    public Set<Integer> findRepeatedKeys() {
        return ask("looking for repeated keys", () -> countsByObject(SupersededSql.findRepeatedKeys(plan()))
                .keySet());
    }

    @Override
    public long countWithoutKeys(int object) {
        return ask(
                "looking for rejected rows without keys",
                () -> Jdbc.queryLong(connection, KeptSql.countWithoutKeys(), object));
    }

    @Override
    public Map<Integer, Long> removeSuperseded() {
        return ask("keeping one row for each key", () -> {
            Jdbc.execute(connection, SupersededSql.create(plan()));
            Map<Integer, Long> superseded = countsByObject(SupersededSql.count());
            if (!superseded.isEmpty()) {
                Jdbc.execute(connection, SupersededSql.delete());
            }
            return superseded;
        });
    }

    @Override
    public List<LoadedContent> findLoaded(Collection<String> hashes) {
        return ask("asking for the same content", () -> LedgerTables.findLoadedAs(connection, target, hashes));
    }

    @Override
    public void endPrivatePart() {
        run("ending the private part", () -> {
            connection.commit();
        });
    }

    @Override
    public List<LedgerMark> lockLedger(long position) {
        return ask("locking the ledger of " + target, () -> {
            ledgerWait.during(target, () -> Jdbc.execute(connection, LedgerSql.lock(target)));
            List<LedgerMark> marks = new ArrayList<>();
            LedgerTables.read(connection, target, position, marks::add);
            return marks;
        });
    }

    @Override
    public long markReplayed() {
        return ask(
                "marking dead letters", () -> Jdbc.update(connection, DeadLetterSql.markReplayed(), plan().loadId()));
    }

    @Override
    public long countTarget() {
        return ask("counting " + target, () -> Jdbc.queryLong(connection, TargetSql.count(target)));
    }

    @Override
    public long countLost() {
        return ask(
                "asking what was loaded into " + target,
                () -> Jdbc.queryLong(connection, ObjectsSql.countLost(target), target.toString()));
    }

    @Override
    public TargetSum sumTarget() {
        return ask("summing up " + target, () -> sum(SumSql.sumTarget(plan())));
    }

    @Override
    public TargetSum sumChanged() {
        return ask("summing up what changes of " + target, () -> sum(SumSql.sumChanged(plan())));
    }

    private TargetSum sum(String sql) throws SQLException {
        try (PreparedStatement statement = Jdbc.prepare(connection, sql);
                ResultSet row = statement.executeQuery()) {
            row.next();
            return new TargetSum(row.getLong(1), new BigInteger(row.getString(2)));
        }
    }

    @Override
    public long findUnseen(int snapshot) {
        return ask("looking for the rows that the object lacks", () -> {
            return Jdbc.update(connection, ChangesSql.addUnseen(plan()), snapshot);
        });
    }

    @Override
    public Map<Integer, ChangeCounts> findChanges(
            long targetRows, Map<Integer, Long> stagedRows, @Nullable Snapshot snapshot, Set<Integer> overtaken) {
        isEveryRowNew = targetRows == 0 && plan().policy().mode().insertsAllIntoEmpty();
        return ask("comparing with " + target, () -> switch (plan().policy().mode()) {
            case APPEND -> everyRow(stagedRows);
            case REPLACE -> replace(stagedRows, targetRows, snapshot);
            default -> isEveryRowNew ? everyRow(stagedRows) : compare(snapshot, overtaken);
        });
    }

    /** Nothing to compare: every staged row goes in. */
    private static Map<Integer, ChangeCounts> everyRow(Map<Integer, Long> stagedRows) {
        Map<Integer, ChangeCounts> changes = new HashMap<>();
        stagedRows.forEach((object, rows) -> changes.put(object, new ChangeCounts(rows, 0, 0, 0, 0)));
        return changes;
    }

    /** And every row of the target out, but for those that stay. */
    private Map<Integer, ChangeCounts> replace(
            Map<Integer, Long> stagedRows, long targetRows, @Nullable Snapshot snapshot) throws SQLException {
        Map<Integer, ChangeCounts> changes = everyRow(stagedRows);
        staying = Stays.NOTHING;
        if (snapshot != null) {
            staying = targetRows == 0 ? Stays.NOTHING : snapshot.stays();
            long gone =
                    switch (staying) {
                        case NOTHING -> targetRows;
                        case REJECTED -> {
                            Jdbc.execute(connection, KeptSql.drop());
                            Jdbc.execute(connection, KeptSql.create(plan(), snapshot.number()));
                            yield Jdbc.queryLong(connection, KeptSql.countOthers(plan()));
                        }
                        case EVERYTHING -> Jdbc.queryLong(connection, KeptSql.countStaged(plan()));
                    };
            changes.merge(snapshot.number(), new ChangeCounts(0, 0, 0, 0, gone), ChangeCounts::plus);
        }
        return changes;
    }

    private Map<Integer, ChangeCounts> compare(@Nullable Snapshot snapshot, Set<Integer> overtaken)
            throws SQLException {
        Jdbc.execute(connection, StagingSql.analyzeRows());
        Jdbc.execute(connection, ChangesSql.create(plan()));
        if (snapshot != null && snapshot.stays() != Stays.EVERYTHING) {
            Jdbc.update(connection, ChangesSql.addMissing(plan()), snapshot.number());
        }
        if (snapshot != null && snapshot.stays() == Stays.REJECTED) {
            Jdbc.update(connection, KeptSql.deleteFromMissing(plan()), snapshot.number());
        }
        holdBack(overtaken);
        Map<Integer, ChangeCounts> changes = new HashMap<>();
        Jdbc.query(
                connection,
                ChangesSql.count(),
                row -> changes.merge(row.getInt(1), counts(row.getInt(2), row.getLong(3)), ChangeCounts::plus));
        long matches = changes.values().stream()
                .mapToLong(counts -> counts.updated() + counts.deleted() + counts.stale())
                .sum();
        // Without a match nothing can have met two rows; a table that only grows is spared the query.
        if (matches > 0 && Jdbc.queryLong(connection, ChangesSql.countMatched(plan())) != matches) {
            throw new InvalidConfigurationException(
                    ErrorCode.TARGET_KEYS_REPEAT,
                    target + " already holds rows that share the matching keys "
                            + plan().keys().stream().map(Column::name).toList()
                            + "; remove them, or choose keys that tell its rows apart");
        }
        return changes;
    }

    private void holdBack(Set<Integer> objects) throws SQLException {
        Optional<String> holdBack = objects.isEmpty() ? Optional.empty() : ChangesSql.holdBack(plan(), objects);
        if (holdBack.isPresent()) {
            Jdbc.execute(connection, holdBack.get());
            Jdbc.execute(connection, ChangesSql.rejectHeldBack());
        }
    }

    private static ChangeCounts counts(int action, long rows) {
        return switch (action) {
            case ChangesSql.INSERT -> new ChangeCounts(rows, 0, 0, 0, 0);
            case ChangesSql.UPDATE -> new ChangeCounts(0, rows, 0, 0, 0);
            case ChangesSql.DELETE -> new ChangeCounts(0, 0, rows, 0, 0);
            case ChangesSql.STALE -> new ChangeCounts(0, 0, 0, rows, 0);
            case ChangesSql.MISSING -> new ChangeCounts(0, 0, 0, 0, rows);
            case ChangesSql.OVERTAKEN -> new ChangeCounts(0, 0, 0, 0, 0, rows);
            default -> throw new IllegalStateException("unknown action " + action);
        };
    }

    @Override
    public void merge(ChangeCounts changes) {
        run("merging into " + target, () -> {
            List<String> statements =
                    switch (staying) {
                        case REJECTED -> MergeSql.replace(plan(), KeptSql.deleteOthers(plan()));
                        case EVERYTHING -> MergeSql.replace(plan(), KeptSql.deleteStaged(plan()));
                        case NOTHING ->
                            isEveryRowNew
                                    ? List.of(MergeSql.insertIntoEmpty(plan()))
                                    : MergeSql.statements(plan(), changes);
                    };
            for (String statement : statements) {
                Jdbc.execute(connection, statement);
            }
        });
    }

    @Override
    public void script(Runnable script) {
        boolean isRun;
        try {
            isRun = dataSource.with(connection, script);
        } catch (RuntimeException e) {
            throw RedshiftFailures.ofScript(e);
        }
        if (isRun) {
            // It may have set another; what follows, and the next load, are not to notice.
            run("setting the time zone", () -> Jdbc.execute(connection, SessionSql.setTimeZone()));
        }
    }

    @Override
    public void undoSharedPart() {
        run("rolling back", connection::rollback);
    }

    @Override
    public long record(LoadRecord load, List<Integer> numbers, long position) {
        return ask("writing the ledger of " + target, () -> {
            long deadLetters = LedgerTables.write(
                    connection, load, numbers, position, plan().policy().keepsSuperseded());
            if (sendsDeadLetters && load.counts().rejected() > 0) {
                LedgerTables.writeUnsent(connection, load);
            }
            return deadLetters;
        });
    }

    @Override
    public void commit() {
        try {
            connection.commit();
        } catch (SQLException e) {
            failed = true;
            if (RedshiftFailures.isConnectionLost(e)) {
                throw new RetryableException(
                        ErrorCode.COMMIT_LOST, "The connection died during the commit into " + target, e);
            }
            throw RedshiftFailures.translate("committing into " + target, e);
        }
    }

    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        if (failed) {
            held.discard();
            return;
        }
        try (held) {
            for (BatchedInsert insert : inserts) {
                insert.close();
            }
            connection.rollback();
        } catch (SQLException e) {
            log.debug("Could not roll back; the pool drops the connection", e);
        }
    }

    private MergePlan plan() {
        if (plan == null) {
            throw new IllegalStateException("no staging table has been created");
        }
        return plan;
    }

    private Map<Integer, Long> countsByObject(String sql) throws SQLException {
        Map<Integer, Long> counts = new HashMap<>();
        Jdbc.query(connection, sql, row -> counts.put(row.getInt(1), row.getLong(2)));
        return counts;
    }

    private void run(String doing, Action action) {
        ask(doing, () -> {
            action.run();
            return true;
        });
    }

    private <T> T ask(String doing, Question<T> question) {
        try {
            return question.ask();
        } catch (SQLException e) {
            failed = true;
            throw RedshiftFailures.translate(doing, e);
        }
    }
}
