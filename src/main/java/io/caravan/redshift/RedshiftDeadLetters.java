package io.caravan.redshift;

import io.caravan.model.DeadLetter;
import io.caravan.model.DeadLetter.Status;
import io.caravan.model.DeadLetterCount;
import io.caravan.model.DeadLetterFilter;
import io.caravan.spi.DeadLetters;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.function.Consumer;

/** The dead letters in Redshift. */
final class RedshiftDeadLetters implements DeadLetters {

    /** A record is up to 64 KiB. */
    private static final int FETCH_ROWS = 256;

    private final Transactions transactions;

    RedshiftDeadLetters(Transactions transactions) {
        this.transactions = transactions;
    }

    @Override
    public long read(DeadLetterFilter filter, long limit, Consumer<DeadLetter> action) {
        return transactions.ask("reading the dead letters", connection -> {
            if (!LedgerTables.hasDeadLetters(connection)) {
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
    public void count(DeadLetterFilter filter, Consumer<DeadLetterCount> action) {
        transactions.run("counting the dead letters", connection -> {
            if (LedgerTables.hasDeadLetters(connection)) {
                Where where = DeadLetterSql.where(filter);
                Jdbc.query(connection, DeadLetterSql.count(where), row -> action.accept(count(row)), where.values());
            }
        });
    }

    @Override
    public long drop(DeadLetterFilter filter) {
        return transactions.ask("dropping dead letters", connection -> drop(connection, filter.open()));
    }

    private static long drop(Connection connection, DeadLetterFilter open) throws SQLException {
        if (!LedgerTables.hasDeadLetters(connection)) {
            return 0;
        }
        Where where = DeadLetterSql.where(open);
        return Jdbc.update(connection, DeadLetterSql.drop(where), where.values());
    }

    private static DeadLetter letter(ResultSet row) throws SQLException {
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

    private static DeadLetterCount count(ResultSet row) throws SQLException {
        return new DeadLetterCount(
                row.getString(1),
                row.getString(2),
                Status.parse(row.getString(3)),
                row.getLong(4),
                row.getLong(5),
                row.getString(6),
                row.getString(7));
    }
}
