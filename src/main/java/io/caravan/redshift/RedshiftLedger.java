package io.caravan.redshift;

import io.caravan.model.Feed;
import io.caravan.model.LoadRecord;
import io.caravan.model.ObjectFilter;
import io.caravan.model.ObjectState;
import io.caravan.model.ObjectVersion;
import io.caravan.model.Outcome;
import io.caravan.model.TableName;
import io.caravan.spi.Ledger;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/** The ledger in Redshift. Whoever has a say in it waits for the loads of the target, and they for him. */
final class RedshiftLedger implements Ledger {

    private final Transactions transactions;

    RedshiftLedger(Transactions transactions) {
        this.transactions = transactions;
    }

    @Override
    public long read(ObjectFilter filter, boolean history, long limit, Consumer<ObjectState> action) {
        return transactions.ask("reading the ledger", connection -> {
            if (!LedgerTables.hasObjects(connection)) {
                return 0L;
            }
            Where where = history ? ObjectsSql.entries(filter) : ObjectsSql.lastEntries(filter);
            return Jdbc.query(
                    connection,
                    history ? ObjectsSql.readHistory(where, limit) : ObjectsSql.readLast(where, limit),
                    row -> action.accept(state(row)),
                    where.values());
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
            long objects = say(connection, load, ObjectsSql.rearm(target, done), done.values());
            return end(connection, load, objects, mode);
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
            long objects = say(connection, load, ObjectsSql.skip(target), feed.bucket(), feed.bucket());
            return end(connection, load, objects, mode);
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
                insert.field(LedgerTables.text(object.lastModified()));
                insert.endRow();
            });
            insert.flush();
        }
    }

    /** Returns of how many objects something was said. */
    private static long say(Connection connection, LoadRecord load, String statement, Object... values)
            throws SQLException {
        connection.commit();
        // First, so that what all earlier loads committed is seen.
        Jdbc.execute(connection, LedgerSql.lock(load.target()));
        Object[] all = new Object[5 + values.length];
        all[0] = LedgerTables.lastPosition(connection, load.target());
        all[1] = load.id();
        all[2] = load.feed();
        all[3] = load.target().toString();
        all[4] = LedgerTables.text(load.ended());
        System.arraycopy(values, 0, all, 5, values.length);
        return Jdbc.update(connection, statement, all);
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
                row.getObject(9, LocalDateTime.class).toInstant(ZoneOffset.UTC),
                row.getString(10),
                row.getString(11));
    }
}
