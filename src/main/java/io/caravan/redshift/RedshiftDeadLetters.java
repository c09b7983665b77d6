package io.caravan.redshift;

import io.caravan.model.feed.ColumnPolicy.OnInvalid;
import io.caravan.model.feed.ObjectOrder;
import io.caravan.model.ledger.DeadLetter;
import io.caravan.model.ledger.DeadLetter.Status;
import io.caravan.model.ledger.DeadLetterCount;
import io.caravan.model.ledger.DeadLetterFilter;
import io.caravan.model.ledger.DeadLetterGroup;
import io.caravan.model.ledger.LoadRecord;
import io.caravan.model.ledger.Outcome;
import io.caravan.model.ledger.RecordedRepair;
import io.caravan.model.ledger.RejectedRows;
import io.caravan.model.row.RepairedValue;
import io.caravan.model.table.TableName;
import io.caravan.redshift.connection.Connections;
import io.caravan.redshift.connection.Jdbc;
import io.caravan.redshift.connection.Transactions;
import io.caravan.redshift.sql.DeadLetterSql;
import io.caravan.redshift.sql.LedgerSql;
import io.caravan.redshift.sql.ObjectsSql;
import io.caravan.redshift.sql.Where;
import io.caravan.spi.DeadLetterReader;
import io.caravan.spi.DeadLetters;
import io.caravan.spi.Ledger;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The dead letters in Redshift. */
final class RedshiftDeadLetters implements DeadLetters {

    /** A record is up to 64 KiB, and two fetches may be held at a time. */
    static final int FETCH_ROWS = 64;

    /** More values than these make a statement long. */
    private static final int LOADS_PER_QUERY = 500;

    private static final DeadLetterFilter OPEN = new DeadLetterFilter(null, null, null, null, null, null, Status.OPEN);

    private final Connections connections;
    private final Transactions transactions;

    RedshiftDeadLetters(Connections connections, Transactions transactions) {
        this.connections = connections;
        this.transactions = transactions;
    }

    @Override
    public long read(DeadLetterFilter filter, long limit, Consumer<DeadLetter> action) {
        return transactions.ask("reading the dead letters", connection -> {
            if (!LedgerTables.has(connection, LedgerSql.DEAD_LETTERS)) {
                return 0L;
            }
            Where where = DeadLetterSql.where(filter);
            return Jdbc.query(
                    connection,
                    FETCH_ROWS,
                    DeadLetterSql.read(where, limit),
                    row -> action.accept(letter(row)),
                    where.values());
        });
    }

    @Override
    public void read(String load, @Nullable DeadLetter after, Predicate<DeadLetter> wantsIt) {
        transactions.run("reading the dead letters", connection -> {
            if (!LedgerTables.has(connection, LedgerSql.DEAD_LETTERS)) {
                return;
            }
            Where where = DeadLetterSql.where(DeadLetterFilter.ofLoad(load));
            if (after != null) {
                DeadLetterSql.behind(where, after);
            }
            Jdbc.queryUntil(
                    connection,
                    FETCH_ROWS,
                    DeadLetterSql.read(where, Long.MAX_VALUE),
                    row -> wantsIt.test(letter(row)),
                    where.values());
        });
    }

    @Override
    public void count(DeadLetterFilter filter, Consumer<DeadLetterCount> action) {
        transactions.run("counting the dead letters", connection -> {
            if (LedgerTables.has(connection, LedgerSql.DEAD_LETTERS)) {
                Where where = DeadLetterSql.where(filter);
                Jdbc.query(connection, DeadLetterSql.count(where), row -> action.accept(count(row)), where.values());
            }
        });
    }

    @Override
    public List<RejectedRows> rejectedRows(List<String> loads) {
        List<RejectedRows> found = new ArrayList<>();
        for (int from = 0; from < loads.size(); from += LOADS_PER_QUERY) {
            List<String> some = loads.subList(from, Math.min(loads.size(), from + LOADS_PER_QUERY));
            found.addAll(transactions.ask("reading the dead letters", connection -> rejectedRows(connection, some)));
        }
        return found;
    }

    private static List<RejectedRows> rejectedRows(Connection connection, List<String> loads) throws SQLException {
        List<RejectedRows> found = new ArrayList<>();
        if (LedgerTables.has(connection, LedgerSql.DEAD_LETTERS)) {
            Jdbc.query(
                    connection,
                    DeadLetterSql.rejectedRows(loads.size()),
                    row -> found.add(rejectedRows(row)),
                    loads.toArray());
        }
        return found;
    }

    @Override
    public long readRepaired(DeadLetterFilter filter, long limit, Consumer<RecordedRepair> action) {
        return transactions.ask("reading the repaired values", connection -> {
            if (!LedgerTables.has(connection, LedgerSql.REPAIRED_VALUES)) {
                return 0L;
            }
            Where where = DeadLetterSql.where(filter);
            return Jdbc.query(
                    connection,
                    FETCH_ROWS,
                    DeadLetterSql.readRepaired(where, limit),
                    row -> action.accept(repair(row)),
                    where.values());
        });
    }

    @Override
    public long drop(DeadLetterFilter filter) {
        return transactions.ask("dropping dead letters", connection -> drop(connection, filter.open()));
    }

    private static long drop(Connection connection, DeadLetterFilter open) throws SQLException {
        if (!LedgerTables.has(connection, LedgerSql.DEAD_LETTERS)) {
            return 0;
        }
        Where where = DeadLetterSql.where(open);
        return Jdbc.update(connection, DeadLetterSql.drop(where), where.values());
    }

    @Override
    public List<DeadLetterGroup> groups(
            TableName target,
            DeadLetterFilter filter,
            ObjectOrder order,
            long until,
            @Nullable DeadLetterGroup after,
            int limit) {
        return transactions.ask("reading the dead letters", connection -> {
            List<DeadLetterGroup> groups = new ArrayList<>();
            if (LedgerTables.exists(connection, target)) {
                Where where = DeadLetterSql.where(filter);
                List<Object> values = new ArrayList<>(List.of(where.values()));
                values.add(target.toString());
                values.add(until);
                if (after != null) {
                    values.addAll(DeadLetterSql.behind(after, order));
                }
                Jdbc.query(
                        connection,
                        FETCH_ROWS,
                        DeadLetterSql.groups(target, where, order, after != null, limit),
                        row -> groups.add(group(row)),
                        values.toArray());
            }
            return groups;
        });
    }

    @Override
    public long lastPosition(TableName target) {
        return transactions.ask(
                "reading the ledger of " + target,
                connection ->
                        LedgerTables.exists(connection, target) ? LedgerTables.lastPosition(connection, target) : 0L);
    }

    @Override
    public DeadLetterReader reader() {
        return new RedshiftDeadLetterReader(connections);
    }

    @Override
    public boolean rearm(LoadRecord load, DeadLetterGroup rejected, Ledger.Mode mode) {
        return transactions.ask("rearming " + rejected.object().uri(), connection -> {
            Jdbc.execute(connection, LedgerSql.lock(load.target()));
            Where letters = DeadLetterSql.where(OPEN.ofObject(rejected.load(), rejected.position()));
            // Before anything else is read: see LoadSession.markReplayed.
            Jdbc.update(connection, DeadLetterSql.markRearmed(letters), letters.valuesAfter(load.id()));
            Where last = ObjectsSql.lastEntryOf(rejected.object());
            Object[] values = last.valuesAfter(RedshiftLedger.entryValues(connection, load));
            boolean rearmed = Jdbc.update(connection, ObjectsSql.rearm(load.target(), last), values) > 0;
            if (rearmed && mode == Ledger.Mode.WRITE) {
                LedgerTables.writeLoad(connection, load, 1);
            } else {
                connection.rollback();
            }
            return rearmed;
        });
    }

    private static DeadLetterGroup group(ResultSet row) throws SQLException {
        return new DeadLetterGroup(
                LedgerTables.version(row),
                row.getString(6),
                row.getLong(7),
                Outcome.parse(row.getString(8)),
                row.getString(9),
                row.getLong(10));
    }

    static DeadLetter letter(ResultSet row) throws SQLException {
        return new DeadLetter(
                row.getString(1),
                row.getString(2),
                row.getString(3),
                row.getString(4),
                row.getString(5),
                row.getLong(6),
                row.getLong(7),
                row.getString(8),
                row.getString(9),
                row.getString(10),
                row.getString(11),
                Status.parse(row.getString(12)),
                row.getString(13));
    }

    private static RecordedRepair repair(ResultSet row) throws SQLException {
        return new RecordedRepair(
                row.getString(1),
                row.getString(2),
                row.getString(3),
                row.getString(4),
                row.getString(5),
                new RepairedValue(
                        row.getLong(6), row.getString(7), OnInvalid.parse(row.getString(8)), row.getString(9)));
    }

    private static RejectedRows rejectedRows(ResultSet row) throws SQLException {
        return new RejectedRows(
                row.getString(1),
                row.getString(2),
                row.getString(3),
                row.getString(4),
                row.getLong(5),
                row.getLong(6),
                row.getString(7));
    }

    private static DeadLetterCount count(ResultSet row) throws SQLException {
        return new DeadLetterCount(
                row.getString(1),
                row.getString(2),
                row.getString(3),
                Status.parse(row.getString(4)),
                row.getLong(5),
                row.getLong(6),
                row.getString(7),
                row.getString(8));
    }
}
