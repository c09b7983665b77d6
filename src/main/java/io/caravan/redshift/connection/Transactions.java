package io.caravan.redshift.connection;

import java.sql.Connection;
import java.sql.SQLException;

/** Transactions on connections of the pool. Safe for use by several threads. */
public final class Transactions {

    /** Something to do in one transaction. */
    @FunctionalInterface
    public interface Action {
        public void run(Connection connection) throws SQLException;
    }

    /** Something to ask in one transaction. */
    @FunctionalInterface
    public interface Question<T> {
        public T ask(Connection connection) throws SQLException;
    }

    private final Connections connections;

    public Transactions(Connections connections) {
        this.connections = connections;
    }

    /**
     * Runs an action, and commits.
     *
     * @param doing what, as in "failed while " + doing
     */
    public void run(String doing, Action action) {
        ask(doing, connection -> {
            action.run(connection);
            return true;
        });
    }

    /** Asks a question, and commits. */
    public <T> T ask(String doing, Question<T> question) {
        try (Connection connection = connections.fromPool()) {
            try {
                T result = question.ask(connection);
                connection.commit();
                return result;
            } catch (SQLException | RuntimeException e) {
                rollBack(connection, e);
                throw e;
            }
        } catch (SQLException e) {
            throw RedshiftFailures.translate(doing, e);
        }
    }

    /** The first failure is the one to tell of. */
    private static void rollBack(Connection connection, Exception failure) {
        try {
            connection.rollback();
        } catch (SQLException e) {
            failure.addSuppressed(e);
        }
    }
}
