package io.caravan.redshift;

import io.caravan.model.ObjectVersion;
import io.caravan.model.feed.Feed;
import io.caravan.model.feed.FeedPlace;
import io.caravan.model.ledger.LoadFilter;
import io.caravan.model.ledger.LoadRecord;
import io.caravan.model.ledger.ObjectFilter;
import io.caravan.model.ledger.ObjectState;
import io.caravan.model.ledger.Outcome;
import io.caravan.model.ledger.PastAct;
import io.caravan.model.ledger.PastLoad;
import io.caravan.model.ledger.PastObject;
import io.caravan.model.table.TableName;
import io.caravan.redshift.connection.BatchedInsert;
import io.caravan.redshift.connection.Jdbc;
import io.caravan.redshift.connection.Transactions;
import io.caravan.redshift.sql.LedgerSql;
import io.caravan.redshift.sql.ObjectsSql;
import io.caravan.redshift.sql.SqlText;
import io.caravan.redshift.sql.Where;
import io.caravan.spi.Ledger;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The ledger in Redshift. People's changes and the loads of a target exclude each other by the lock on the target's ledger.
 */
final class RedshiftLedger implements Ledger {

    private static final int MOST_BY = 256;
    private static final int MOST_WHAT = 4096;

    private final Transactions transactions;

    RedshiftLedger(Transactions transactions) {
        this.transactions = transactions;
    }

    @Override
    public long read(ObjectFilter filter, boolean history, long limit, Consumer<ObjectState> action) {
        @Nullable FeedPlace place = filter.feed() == null ? null : filter.feed().place();
        return transactions.ask("reading the ledger", connection -> {
            Optional<String> all = LedgerTables.allObjects(connection, place == null ? null : place.target());
            if (all.isEmpty()) {
                return 0L;
            }
            Where where = history ? ObjectsSql.entries(filter) : ObjectsSql.lastEntries(filter);
            return Jdbc.query(
                    connection,
                    history
                            ? ObjectsSql.readHistory(all.get(), where, limit)
                            : ObjectsSql.readLast(all.get(), where, limit),
                    row -> action.accept(state(row)),
                    where.values());
        });
    }

    @Override
    public long readLoads(LoadFilter filter, long limit, Consumer<PastLoad> action) {
        return transactions.ask(
                "reading the run history",
                connection -> LedgerTables.has(connection, LedgerSql.LOADS)
                        ? RunHistory.readLoads(connection, filter, limit, action)
                        : 0L);
    }

    @Override
    public long readObjects(TableName target, String loadId, long limit, Consumer<PastObject> action) {
        return transactions.ask(
                "reading the ledger of " + target,
                connection -> RunHistory.readObjects(connection, target, loadId, limit, action));
    }

    @Override
    public void note(PastAct act) {
        transactions.run("noting who has acted", connection -> {
            if (!LedgerTables.has(connection, LedgerSql.ACTS)) {
                Jdbc.execute(connection, LedgerSql.createActs());
            }
            List<@Nullable Object> values = new ArrayList<>();
            values.add(act.kind());
            values.add(act.feed());
            values.add(LedgerTables.cut(act.by(), MOST_BY));
            values.add(SqlText.time(act.at()));
            values.add(act.things());
            values.add(LedgerTables.cut(act.what(), MOST_WHAT));
            Jdbc.update(connection, LedgerSql.insertAct(), values.toArray());
        });
    }

    @Override
    public void readActs(int limit, Consumer<PastAct> action) {
        transactions.run("reading who has acted", connection -> {
            if (LedgerTables.has(connection, LedgerSql.ACTS)) {
                Jdbc.query(connection, LedgerSql.readActs(limit), row -> action.accept(act(row)));
            }
        });
    }

    private static PastAct act(ResultSet row) throws SQLException {
        return new PastAct(
                row.getString(1),
                row.getString(2),
                row.getString(3),
                LedgerTables.instant(row, 4),
                row.getLong(5),
                row.getString(6));
    }

    @Override
    public Map<String, String> findUntold() {
        return transactions.ask("looking for loads to tell of", connection -> {
            Map<String, String> loads = new LinkedHashMap<>();
            if (LedgerTables.has(connection, LedgerSql.UNSENT_EVENTS)) {
                Jdbc.query(
                        connection,
                        LedgerSql.readUnsent(LedgerSql.UNSENT_EVENTS),
                        row -> loads.put(row.getString(1), row.getString(2)));
            }
            return loads;
        });
    }

    @Override
    public void told(String loadId) {
        transactions.run("noting that load " + loadId + " was told of", connection -> {
            Jdbc.update(connection, LedgerSql.deleteUnsent(LedgerSql.UNSENT_EVENTS), loadId);
        });
    }

    @Override
    public long rearm(Feed feed, LoadRecord load, ObjectFilter filter, Mode mode) {
        TableName target = feed.target();
        return transactions.ask("writing the ledger of " + target, connection -> {
            if (!LedgerTables.exists(connection, target)) {
                return 0L;
            }
            Where done = ObjectsSql.doneEntries(feed, filter);
            connection.commit();
            // First, so that what all earlier loads committed is seen.
            Jdbc.execute(connection, LedgerSql.lock(target));
            Object[] values = done.valuesAfter(entryValues(connection, load));
            return end(connection, load, Jdbc.update(connection, ObjectsSql.rearm(target, done), values), mode);
        });
    }

    @Override
    public long skip(Feed feed, LoadRecord load, Consumer<Consumer<ObjectVersion>> listing, Mode mode) {
        TableName target = feed.target();
        return transactions.ask("writing the ledger of " + target, connection -> {
            if (mode == Mode.DRY_RUN && !LedgerTables.exists(connection, target)) {
                AtomicLong all = new AtomicLong();
                listing.accept(object -> all.incrementAndGet());
                return all.get();
            }
            stage(connection, listing);
            connection.commit();
            Jdbc.execute(connection, LedgerSql.lock(target));
            List<Object> values = new ArrayList<>(List.of(entryValues(connection, load)));
            values.addAll(List.of(feed.bucket(), feed.bucket()));
            return end(connection, load, Jdbc.update(connection, ObjectsSql.skip(target), values.toArray()), mode);
        });
    }

    /** The private part: nobody waits for a listing. */
    private static void stage(Connection connection, Consumer<Consumer<ObjectVersion>> listing) throws SQLException {
        Jdbc.execute(connection, "DROP TABLE IF EXISTS " + ObjectsSql.LISTED);
        Jdbc.execute(connection, ObjectsSql.createListed());
        try (BatchedInsert insert = new BatchedInsert(connection, ObjectsSql.insertListed())) {
            listing.accept(object -> {
                insert.field(object.key());
                insert.field(object.etag());
                insert.field(object.sizeBytes());
                insert.field(SqlText.time(object.lastModified()));
                insert.endRow();
            });
            insert.flush();
        }
    }

    /** Returns the values with which entries of a load begin that says the same of many objects. */
    static Object[] entryValues(Connection connection, LoadRecord load) throws SQLException {
        return new Object[] {
            LedgerTables.lastPosition(connection, load.target()),
            load.id(),
            load.feed(),
            load.target().toString(),
            SqlText.time(load.ended())
        };
    }

    private static long end(Connection connection, LoadRecord load, long objects, Ledger.Mode mode)
            throws SQLException {
        if (mode == Mode.DRY_RUN || objects == 0) {
            connection.rollback();
        } else {
            LedgerTables.writeLoad(connection, load, objects);
        }
        return objects;
    }

    private static ObjectState state(ResultSet row) throws SQLException {
        return new ObjectState(
                row.getString(1),
                row.getString(2),
                row.getString(3),
                row.getString(4),
                Outcome.parse(row.getString(5)),
                row.getLong(6),
                row.getLong(7),
                row.getString(8),
                LedgerTables.instant(row, 9),
                row.getString(10),
                row.getString(11),
                row.getString(12));
    }
}
