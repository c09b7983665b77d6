package io.caravan.redshift;

import io.caravan.model.ledger.LoadCounts;
import io.caravan.model.ledger.LoadFilter;
import io.caravan.model.ledger.Outcome;
import io.caravan.model.ledger.PastLoad;
import io.caravan.model.ledger.PastObject;
import io.caravan.model.ledger.PhaseTimes;
import io.caravan.model.table.TableName;
import io.caravan.redshift.connection.Jdbc;
import io.caravan.redshift.sql.HistorySql;
import io.caravan.redshift.sql.Where;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;

/** Loads that are over and their objects, over a connection that somebody else begins and ends transactions on. */
final class RunHistory {

    /** Which columns of a row count, of a load and of an object. */
    private static final int COUNTS_OF_LOAD = 8;

    private static final int COUNTS_OF_OBJECT = 10;

    private RunHistory() {}

    /** Shows loads, whose table must exist. Returns their number. */
    static long readLoads(Connection connection, LoadFilter filter, long limit, Consumer<PastLoad> action)
            throws SQLException {
        Where where = HistorySql.where(filter);
        return Jdbc.query(
                connection, HistorySql.readLoads(where, limit), row -> action.accept(load(row)), where.values());
    }

    /** Shows a load's entries for its objects, if the target has a ledger. Returns their number. */
    static long readObjects(
            Connection connection, TableName target, String loadId, long limit, Consumer<PastObject> action)
            throws SQLException {
        Optional<String> all = LedgerTables.allObjects(connection, target);
        if (all.isEmpty()) {
            return 0;
        }
        return Jdbc.query(
                connection,
                HistorySql.readObjects(all.get(), limit),
                row -> action.accept(object(row)),
                target.toString(),
                loadId);
    }

    private static PastLoad load(ResultSet row) throws SQLException {
        LoadCounts counts = counts(row, COUNTS_OF_LOAD);
        return new PastLoad(
                row.getString(1),
                row.getString(2),
                row.getString(3),
                LedgerTables.instant(row, 4),
                LedgerTables.instant(row, 5),
                Outcome.parse(row.getString(6)),
                row.getLong(7),
                counts,
                new PhaseTimes(
                        Duration.ofMillis(row.getLong(16)),
                        Duration.ofMillis(row.getLong(17)),
                        Duration.ofMillis(row.getLong(18))),
                counts.rejected() > 0,
                row.getString(19),
                row.getString(20));
    }

    private static PastObject object(ResultSet row) throws SQLException {
        return new PastObject(
                LedgerTables.version(row),
                Outcome.parse(row.getString(6)),
                counts(row, COUNTS_OF_OBJECT),
                row.getString(7),
                row.getString(8),
                row.getString(9));
    }

    /** What nobody read of the deleted rows is not kept: it is by what the other counts are more than was read. */
    static LoadCounts counts(ResultSet row, int first) throws SQLException {
        long read = row.getLong(first);
        long accounted = 0;
        for (int count = 1; count < 8; count++) {
            accounted += row.getLong(first + count);
        }
        return new LoadCounts(
                read,
                row.getLong(first + 1),
                row.getLong(first + 2),
                row.getLong(first + 3),
                row.getLong(first + 4),
                row.getLong(first + 5),
                row.getLong(first + 6),
                row.getLong(first + 7),
                Math.max(0, accounted - read));
    }
}
