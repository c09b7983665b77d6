package io.caravan.redshift.connection;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The connection of one load; auto-commit is off from its first statement to its last. A connection that has failed is not
 * used again.
 */
public final class SessionConnection implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(SessionConnection.class);

    /** Something to do over JDBC. */
    @FunctionalInterface
    public interface Action {
        void run(Connection connection) throws SQLException;
    }

    /** Something to ask over JDBC. */
    @FunctionalInterface
    public interface Question<T> {
        T ask(Connection connection) throws SQLException;
    }

    private final Connections.Held held;
    private final List<BatchedInsert> inserts = new ArrayList<>();
    private boolean failed;
    private boolean closed;

    /** Takes the connection. */
    public SessionConnection(Connections.Held held) {
        this.held = held;
    }

    /**
     * Does something.
     *
     * @param doing says what, for people
     */
    public void run(String doing, Action action) {
        ask(doing, connection -> {
            action.run(connection);
            return true;
        });
    }

    /**
     * Asks something.
     *
     * @param doing says what, for people
     */
    public <T> T ask(String doing, Question<T> question) {
        try {
            return question.ask(held.connection());
        } catch (SQLException e) {
            throw failed(doing, e);
        }
    }

    /** Notes that the connection has failed, and returns the exception to throw. */
    public RuntimeException failed(String doing, SQLException e) {
        failed = true;
        return RedshiftFailures.translate(doing, e);
    }

    /** Returns the connection, for a caller that handles failures itself. */
    public Connection jdbc() {
        return held.connection();
    }

    /** Closes an insert too when it is closed. */
    public BatchedInsert closing(BatchedInsert insert) {
        inserts.add(insert);
        return insert;
    }

    /** Rolls back what is not committed and gives the connection back. */
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
            held.connection().rollback();
        } catch (SQLException e) {
            log.debug("Could not roll back; the pool drops the connection", e);
        }
    }
}
