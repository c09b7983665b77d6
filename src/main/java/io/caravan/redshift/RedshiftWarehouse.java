package io.caravan.redshift;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.joining;

import io.caravan.base.ErrorCode;
import io.caravan.base.InvalidConfigurationException;
import io.caravan.base.RetryableException;
import io.caravan.model.MissingRight;
import io.caravan.model.ObjectVersion;
import io.caravan.model.feed.Feed;
import io.caravan.model.ledger.LedgerMark;
import io.caravan.model.ledger.LoadRecord;
import io.caravan.model.ledger.LoadedContent;
import io.caravan.model.ledger.Outcome;
import io.caravan.model.status.PoolStatus;
import io.caravan.model.table.Column;
import io.caravan.model.table.ColumnType;
import io.caravan.model.table.ColumnType.Kind;
import io.caravan.model.table.NewTable;
import io.caravan.model.table.PlannedTarget;
import io.caravan.model.table.TableName;
import io.caravan.model.table.TargetTable;
import io.caravan.redshift.comparison.CreatedStaging;
import io.caravan.redshift.connection.ConnectionSettings;
import io.caravan.redshift.connection.Connections;
import io.caravan.redshift.connection.Jdbc;
import io.caravan.redshift.connection.LedgerWait;
import io.caravan.redshift.connection.LoadDataSource;
import io.caravan.redshift.connection.RedshiftFailures;
import io.caravan.redshift.connection.SessionConnection;
import io.caravan.redshift.connection.Transactions;
import io.caravan.redshift.sql.CopyAccess;
import io.caravan.redshift.sql.CopySql;
import io.caravan.redshift.sql.HistorySql;
import io.caravan.redshift.sql.LedgerSql;
import io.caravan.redshift.sql.ObjectsSql;
import io.caravan.redshift.sql.SessionSql;
import io.caravan.redshift.sql.StagingSql;
import io.caravan.redshift.sql.TableSql;
import io.caravan.redshift.sql.TargetSql;
import io.caravan.redshift.sql.VerifySql;
import io.caravan.spi.CopyTolerance;
import io.caravan.spi.DeadLetters;
import io.caravan.spi.Ledger;
import io.caravan.spi.LoadSession;
import io.caravan.spi.Membership;
import io.caravan.spi.StagingTable;
import io.caravan.spi.Warehouse;
import io.caravan.spi.verify.VerifySession;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Amazon Redshift, over pooled JDBC. */
public final class RedshiftWarehouse implements Warehouse, AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(RedshiftWarehouse.class);

    private static final int CREATE_ATTEMPTS = 5;

    private static final List<Column> TRIAL_COLUMNS =
            List.of(new Column("id", ColumnType.of(Kind.BIGINT), true, false));

    private static final Duration LEDGER_PATIENCE = Duration.ofMinutes(1);

    private final Connections connections;
    private final Transactions transactions;
    private final ObjectsView view;
    private final KnownLedgers ledgers = new KnownLedgers();
    private final @Nullable CopyAccess copyAccess;
    private final Sent sent;
    private final LoadDataSource loadDataSource = new LoadDataSource();
    private final LedgerWait ledgerWait = new LedgerWait(LEDGER_PATIENCE, log::warn);

    /**
     * Connects to nothing yet.
     *
     * @param sendsDeadLetters whether a load with dead letters notes that they are to be sent somewhere too
     */
    public RedshiftWarehouse(ConnectionSettings settings, boolean sendsDeadLetters) {
        this(settings, sendsDeadLetters, false);
    }

    /**
     * Connects to nothing yet.
     *
     * @param sendsDeadLetters likewise
     * @param sendsEvents whether each load notes that it is to be told somewhere too that it has ended
     */
    public RedshiftWarehouse(ConnectionSettings settings, boolean sendsDeadLetters, boolean sendsEvents) {
        this.sent = new Sent(sendsDeadLetters, sendsEvents);
        this.connections = new Connections(settings);
        this.transactions = new Transactions(connections);
        this.view = new ObjectsView(connections);
        this.copyAccess =
                settings.iamRole() == null ? null : new CopyAccess(settings.iamRole(), settings.stagingRegion());
    }

    /** Has the view of all ledgers show those whose process died before it came so far; looks for them once. */
    public void completeView() {
        view.complete();
    }

    /** Returns the pool as a {@link javax.sql.DataSource}, for Camel components that take one. */
    public Object dataSource() {
        return connections.dataSource();
    }

    /** Returns a {@link javax.sql.DataSource} that gives the running load's connection, for SQL in its transaction. */
    public Object loadDataSource() {
        return loadDataSource;
    }

    /** Returns the status of the pool's connections, without a query. */
    public PoolStatus pool() {
        return connections.pool();
    }

    /** Returns the ledger as people look at it. */
    public Ledger ledger() {
        return new RedshiftLedger(transactions);
    }

    /** Returns the membership of replicas that share nothing but the warehouse. */
    public Membership membership() {
        return new RedshiftMembership(transactions);
    }

    /** Returns the rejected rows that loads have left. */
    public DeadLetters deadLetters() {
        return new RedshiftDeadLetters(connections, transactions);
    }

    @Override
    public void probe() {
        try (Connection connection = connections.direct()) {
            Jdbc.queryLong(connection, SessionSql.probe());
        } catch (SQLException e) {
            throw RedshiftFailures.translate("connecting", e);
        }
    }

    /**
     * Copies a data file into a table that nobody else sees and that is dropped at once.
     *
     * @param manifest address of a manifest that names the data file; its rows have the place of a staged row and one number
     * @param nullMarker how NULL is written in it
     * @return how many rows were copied
     * @throws RetryableException if the warehouse cannot be reached or fails
     * @throws InvalidConfigurationException if the warehouse may not assume the role for COPY, or cannot read the data file
     */
    public long tryCopy(String manifest, String nullMarker) {
        CopyAccess access = requireNonNull(copyAccess, "there is no role for COPY");
        try (Connection connection = connections.direct()) {
            Jdbc.execute(connection, StagingSql.createRows(TRIAL_COLUMNS));
            Jdbc.execute(
                    connection,
                    CopySql.copy(StagingTable.ROWS, TRIAL_COLUMNS, manifest, access, nullMarker, CopyTolerance.NONE));
            AtomicLong rows = new AtomicLong();
            Jdbc.query(connection, StagingSql.count(StagingTable.ROWS), row -> rows.addAndGet(row.getLong(2)));
            return rows.get();
        } catch (SQLException e) {
            throw RedshiftFailures.translate("copying " + manifest, e);
        }
    }

    /**
     * Runs a statement that somebody has written by hand, in a transaction of its own.
     *
     * @param limit the greatest number of rows to return
     * @param rows takes them
     * @return the number of rows that the statement returned or changed
     * @throws RetryableException if the warehouse cannot be reached, or refuses the statement
     */
    public long run(String sql, long limit, SqlRows rows) {
        try (Connection connection = connections.direct()) {
            return OwnStatement.run(connection, sql, limit, rows);
        } catch (SQLException e) {
            throw RedshiftFailures.translate("running the statement", e);
        }
    }

    @Override
    public TargetTable describe(TableName name) {
        return transactions.askOnce("reading the columns of " + name, connection -> Catalog.describe(connection, name));
    }

    @Override
    public String ddl(NewTable table) {
        return TableSql.create(table);
    }

    @Override
    public String ddl(TableName table, Column column, ColumnType type) {
        return TableSql.retype(table, column.name(), type).stream().collect(joining("; ", "", ";"));
    }

    @Override
    public void create(NewTable table) {
        String statement = TableSql.create(table);
        run("creating " + table.name(), connection -> {
            Jdbc.execute(connection, statement);
        });
        log.info("Created {}, unless another was faster: {}", table.name(), statement);
    }

    @Override
    public TargetTable evolve(TableName name, List<Column> wanted) {
        run("changing the columns of " + name, ledger -> {
            // Whoever else loads or changes the target waits, so that what is seen of it stays so.
            lock(ledger, name);
            try (Connection connection = connections.direct()) {
                new TableChanges(connection, name).make(wanted);
            }
        });
        return describe(name);
    }

    @Override
    public List<String> changes(TargetTable table, List<Column> wanted) {
        return TableChanges.statements(table, wanted);
    }

    @Override
    public void prepareLedger(TableName target) {
        String doing = "creating the ledger of " + target;
        LedgerParts parts = transactions.askOnce(doing, connection -> ledgers.parts(connection, target));
        if (!parts.isComplete()) {
            createShared(doing);
            run(doing, connection -> LedgerTables.createObjects(connection, target));
            view.outdated();
            view.update();
        } else if (parts.isToSayVersion()) {
            run(doing, connection -> {
                lock(connection, target);
                LedgerTables.sayVersion(connection, target);
            });
        }
        ledgers.add(target);
    }

    /**
     * Returns the rights that loads of feeds need and the user lacks.
     *
     * @param announces whether replicas find each other by {@link #membership}
     * @throws RetryableException if the warehouse cannot be reached or fails
     */
    public List<MissingRight> findMissingRights(Collection<Feed> feeds, boolean announces) {
        return ask("looking for missing rights", connection -> {
            Optional<GrantedRights> view = GrantedRights.of(connection);
            return view.isEmpty()
                    ? List.<MissingRight>of()
                    : new Rights(view.get(), false)
                            .missing(new NeededGrants(
                                    List.copyOf(feeds), sent.deadLetters(), sent.events(), announces, null));
        });
    }

    /**
     * Returns what the user lacks of these.
     *
     * @param isAll whether to return also what the user has
     * @throws RetryableException if the warehouse cannot be reached or fails
     */
    public List<MissingRight> findMissingGrants(NeededGrants needed, boolean isAll) {
        return ask("looking for missing rights", connection -> {
            Optional<GrantedRights> view = GrantedRights.of(connection);
            return view.isEmpty()
                    ? List.<MissingRight>of()
                    : needed.missing(isAll ? UngrantedRights.over(view.get()) : view.get());
        });
    }

    /** IF NOT EXISTS does not help against another process that creates the same at the same time: look again then. */
    private void createShared(String doing) {
        for (int attempt = 1; ; attempt++) {
            try {
                run(doing, LedgerTables::createShared);
                return;
            } catch (RetryableException e) {
                if (attempt == CREATE_ATTEMPTS || e.code() == ErrorCode.WAREHOUSE_UNREACHABLE) {
                    throw e;
                }
            }
        }
    }

    @Override
    public void readLedger(TableName target, long position, Consumer<LedgerMark> action) {
        transactions.look("reading the ledger of " + target, connection -> {
            LedgerParts parts = ledgers.parts(connection, target);
            if (parts.isThere()) {
                // LOCK keeps readers out, too.
                ledgerWait.during(
                        target, () -> LedgerTables.read(connection, target, position, parts.hasHashes(), action));
            }
            return true;
        });
    }

    @Override
    public Optional<ObjectVersion> findNewest(Feed feed, Set<String> names) {
        return transactions.look(
                "asking for newer objects", connection -> LedgerTables.findNewest(connection, feed, names));
    }

    @Override
    public List<LoadedContent> findLoaded(TableName target, String bucket, Collection<String> keys) {
        return transactions.look(
                "asking for what was loaded",
                connection -> LedgerTables.findLoadedUnder(connection, target, bucket, keys));
    }

    @Override
    public long countLost(TableName target) {
        return transactions.look("asking whether " + target + " was emptied", connection -> {
            boolean mayBeEmptied =
                    ledgers.exists(connection, target) && Jdbc.queryLong(connection, TargetSql.countFirst(target)) == 0;
            return mayBeEmptied ? Jdbc.queryLong(connection, ObjectsSql.countLost(target), target.toString()) : 0L;
        });
    }

    @Override
    public void readRows(TableName name, List<Column> columns, Consumer<List<@Nullable String>> action) {
        String sql = TargetSql.readRows(name, columns);
        run("reading the rows of " + name, connection -> {
            Jdbc.query(connection, sql, row -> {
                List<@Nullable String> values = new ArrayList<>(columns.size());
                for (int i = 1; i <= columns.size(); i++) {
                    values.add(row.getString(i));
                }
                action.accept(values);
            });
        });
    }

    @Override
    public LoadSession open(Feed feed) {
        view.update();
        return session(feed, PlannedTarget.AS_IT_IS);
    }

    @Override
    public LoadSession preview(Feed feed, PlannedTarget planned) {
        return session(feed, planned);
    }

    /**
     * Begins to compare a table with its objects. Nothing of the warehouse changes.
     *
     * @throws InvalidConfigurationException if there is no such table
     * @throws RetryableException if the warehouse cannot be reached or fails
     */
    public VerifySession verification(TableName target) {
        TargetTable table = describe(target);
        return new RedshiftVerifySession(
                hold(),
                table,
                (feed, connection) -> session(feed, PlannedTarget.replacedBy(VerifySql.STAND_IN), connection));
    }

    private LoadSession session(Feed feed, PlannedTarget planned) {
        return session(feed, planned, hold());
    }

    private LoadSession session(Feed feed, PlannedTarget planned, Connections.Held held) {
        SessionConnection connection = new SessionConnection(held);
        CreatedStaging created = new CreatedStaging(planned, held.wasHeld());
        return new RedshiftLoadSession(
                connection,
                new RedshiftStagingSession(connection, created, feed, copyAccess),
                new RedshiftTargetSession(connection, created, feed, loadDataSource, ledgerWait, sent),
                new RedshiftPreviewSession(connection, created, feed.target()));
    }

    private Connections.Held hold() {
        try {
            return connections.hold();
        } catch (SQLException e) {
            throw RedshiftFailures.translate("connecting", e);
        }
    }

    @Override
    public void record(LoadRecord load) {
        run("recording load " + load.id(), connection -> {
            if (!load.objects().isEmpty()) {
                lock(connection, load.target());
                LedgerTables.writeObjects(connection, load, LedgerTables.lastPosition(connection, load.target()));
            }
            LedgerTables.writeLoad(connection, load);
            sent.noteEvents(connection, load);
        });
    }

    @Override
    public boolean record(LoadRecord load, long position) {
        return ask("recording load " + load.id(), connection -> {
            lock(connection, load.target());
            if (LedgerTables.lastPosition(connection, load.target()) != position) {
                return false;
            }
            LedgerTables.writeObjects(connection, load, position);
            LedgerTables.writeLoad(connection, load);
            sent.noteEvents(connection, load);
            return true;
        });
    }

    @Override
    public void readEndedLoads(String firstId, Consumer<String> action) {
        run("reading the run history", connection -> {
            if (LedgerTables.has(connection, LedgerSql.LOADS)) {
                Jdbc.query(connection, LedgerSql.readEndedLoads(), row -> action.accept(row.getString(1)), firstId);
            }
        });
    }

    @Override
    public boolean isCommitted(TableName target, String loadId) {
        return ask("asking whether load " + loadId + " was committed", connection -> {
            lock(connection, target);
            return Jdbc.queryLong(connection, LedgerSql.isCommitted(target), loadId) > 0;
        });
    }

    @Override
    public Map<String, String> findUnsentDeadLetters() {
        return ask(
                "looking for dead letters to send",
                connection -> readUnsent(connection, LedgerSql.UNSENT_DEAD_LETTERS));
    }

    /** Returns the loads of which a table notes that something is still to be done, each with its feed. */
    private static Map<String, String> readUnsent(Connection connection, String table) throws SQLException {
        Map<String, String> loads = new LinkedHashMap<>();
        if (LedgerTables.has(connection, table)) {
            Jdbc.query(connection, LedgerSql.readUnsent(table), row -> loads.put(row.getString(1), row.getString(2)));
        }
        return loads;
    }

    @Override
    public void deadLettersSent(String loadId) {
        run("noting that the dead letters of load " + loadId + " are sent", connection -> {
            Jdbc.update(connection, LedgerSql.deleteUnsent(LedgerSql.UNSENT_DEAD_LETTERS), loadId);
        });
    }

    @Override
    public Map<String, String> findUntidied() {
        return ask("looking for objects to tidy", connection -> readUnsent(connection, LedgerSql.UNTIDIED_LOADS));
    }

    @Override
    public void readUntidied(TableName target, String loadId, BiConsumer<ObjectVersion, Outcome> action) {
        run("reading which objects of load " + loadId + " are to be tidied", connection -> {
            Jdbc.query(
                    connection,
                    HistorySql.lastOfLoad(target),
                    row -> action.accept(LedgerTables.version(row), Outcome.parse(row.getString(6))),
                    target.toString(),
                    loadId);
        });
    }

    @Override
    public void tidied(String loadId) {
        run("noting that the objects of load " + loadId + " are tidied", connection -> {
            Jdbc.update(connection, LedgerSql.deleteUnsent(LedgerSql.UNTIDIED_LOADS), loadId);
        });
    }

    @Override
    public void close() {
        ledgerWait.close();
        connections.close();
    }

    private void lock(Connection connection, TableName target) throws SQLException {
        ledgerWait.during(target, () -> Jdbc.execute(connection, LedgerSql.lock(target)));
    }

    private void run(String doing, Transactions.Action action) {
        transactions.run(doing, action);
    }

    private <T> T ask(String doing, Transactions.Question<T> question) {
        return transactions.ask(doing, question);
    }
}
