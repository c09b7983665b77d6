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

    /** Asks a question that changes nothing, and has nothing to commit. */
    public <T> T look(String doing, Question<T> question) {
        return ask(doing, connection -> {
            T result = question.ask(connection);
            connection.rollback();
            return result;
        });
    }

    /**
     * Asks a question of one statement, which is a transaction by itself: a COMMIT after it would be one more to pay for. Its
     * whole answer is held in memory.
     */
    public <T> T askOnce(String doing, Question<T> question) {
        // Closing it sets back what the pool's connections are like.
        try (Connection connection = connections.fromPool()) {
            connection.setAutoCommit(true);
            return question.ask(connection);
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
