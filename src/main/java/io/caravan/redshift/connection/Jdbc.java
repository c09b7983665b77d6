package io.caravan.redshift.connection;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** Short forms of common JDBC calls. A parameter is a String, a Number or null. */
public final class Jdbc {

    /** What to do with each row of a result. */
    @FunctionalInterface
    public interface RowAction {
        void accept(ResultSet row) throws SQLException;
    }

    /** Takes rows of a result until it refuses one. */
    @FunctionalInterface
    public interface RowTest {
        boolean test(ResultSet row) throws SQLException;
    }

    /** Few enough for rows with the longest texts that there are. */
    private static final int FETCH_ROWS = 500;

    private Jdbc() {}

    public static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** Returns how many rows were changed. */
    public static long update(Connection connection, String sql, Object... parameters) throws SQLException {
        try (PreparedStatement statement = prepare(connection, sql, parameters)) {
            return statement.executeUpdate();
        }
    }

    /**
     * Reads through a cursor, so that a large result is never held in memory; needs auto-commit off. Returns the number of
     * rows.
     */
    public static long query(Connection connection, String sql, RowAction action, Object... parameters)
            throws SQLException {
        return query(connection, FETCH_ROWS, sql, action, parameters);
    }

    /** Reads through a cursor that holds so many rows at a time; needs auto-commit off. */
    public static long query(Connection connection, int fetchRows, String sql, RowAction action, Object... parameters)
            throws SQLException {
        return queryUntil(
                connection,
                fetchRows,
                sql,
                row -> {
                    action.accept(row);
                    return true;
                },
                parameters);
    }

    /** Does the same until a row is refused; returns the number of rows taken. */
    public static long queryUntil(Connection connection, int fetchRows, String sql, RowTest taken, Object... parameters)
            throws SQLException {
        try (PreparedStatement statement = prepare(connection, sql, parameters)) {
            statement.setFetchSize(fetchRows);
            try (ResultSet rows = statement.executeQuery()) {
                long count = 0;
                while (rows.next() && taken.test(rows)) {
                    count++;
                }
                return count;
            }
        }
    }

    public static long queryLong(Connection connection, String sql, Object... parameters) throws SQLException {
        try (PreparedStatement statement = prepare(connection, sql, parameters);
                ResultSet rows = statement.executeQuery()) {
            rows.next();
            return rows.getLong(1);
        }
    }

    public static PreparedStatement prepare(Connection connection, String sql, Object... parameters)
            throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql);
        for (int i = 0; i < parameters.length; i++) {
            statement.setObject(i + 1, parameters[i]);
        }
        return statement;
    }
}
