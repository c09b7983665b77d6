package io.caravan.redshift;

import io.caravan.model.ledger.DeadLetter;
import io.caravan.model.ledger.DeadLetterFilter;
import io.caravan.redshift.connection.Connections;
import io.caravan.redshift.connection.Jdbc;
import io.caravan.redshift.connection.RedshiftFailures;
import io.caravan.redshift.sql.DeadLetterSql;
import io.caravan.redshift.sql.Where;
import io.caravan.spi.DeadLetterReader;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads through a cursor, on a connection outside the pool, since the load may hold the pool's last one. Connects at the
 * first read.
 */
final class RedshiftDeadLetterReader implements DeadLetterReader {

    private static final Logger log = LoggerFactory.getLogger(RedshiftDeadLetterReader.class);

    private final Connections connections;
    private @Nullable Connection connection;
    private @Nullable PreparedStatement statement;

    RedshiftDeadLetterReader(Connections connections) {
        this.connections = connections;
    }

    @Override
    public Iterator<DeadLetter> read(DeadLetterFilter filter) {
        try {
            return new Rows(query(filter));
        } catch (SQLException e) {
            throw failure(e);
        }
    }

    /** The transaction before is over, so that each reading sees what is open by now. */
    private ResultSet query(DeadLetterFilter filter) throws SQLException {
        Connection open = connection == null ? connections.direct() : connection;
        connection = open;
        open.setAutoCommit(false);
        if (statement != null) {
            statement.close();
        }
        open.rollback();
        Where where = DeadLetterSql.where(filter);
        PreparedStatement prepared = Jdbc.prepare(open, DeadLetterSql.read(where, Long.MAX_VALUE), where.values());
        statement = prepared;
        prepared.setFetchSize(RedshiftDeadLetters.FETCH_ROWS);
        return prepared.executeQuery();
    }

    @Override
    public void close() {
        if (connection == null) {
            return;
        }
        try {
            connection.close();
        } catch (SQLException e) {
            log.debug("Could not close the connection that read dead letters", e);
        }
    }

    private static RuntimeException failure(SQLException e) {
        return RedshiftFailures.translate("reading the dead letters", e);
    }

    private static final class Rows implements Iterator<DeadLetter> {

        private final ResultSet rows;
        private boolean atNext;
        private boolean atEnd;

        Rows(ResultSet rows) {
            this.rows = rows;
        }

        @Override
        public boolean hasNext() {
            if (!atNext && !atEnd) {
                try {
                    atNext = rows.next();
                    atEnd = !atNext;
                } catch (SQLException e) {
                    throw failure(e);
                }
            }
            return atNext;
        }

        @Override
        public DeadLetter next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            atNext = false;
            try {
                return RedshiftDeadLetters.letter(rows);
            } catch (SQLException e) {
                throw failure(e);
            }
        }
    }
}
