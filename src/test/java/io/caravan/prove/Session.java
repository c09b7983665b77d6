package io.caravan.prove;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** A connection, for statements whose answers are few. It begins without a transaction. */
final class Session implements AutoCloseable {

    private final Connection connection;
    private final String pid;

    Session(Connection connection) throws SQLException {
        this(connection, "0");
    }

    private Session(Connection connection, String pid) throws SQLException {
        this.connection = connection;
        this.pid = pid;
        connection.setAutoCommit(true);
    }

    /** Asks for the number of the session, by which another one can end it. */
    static Session withPid(Connection connection) throws SQLException {
        return new Session(connection, new Session(connection).line("SELECT pg_backend_pid()"));
    }

    /** Returns the server's number of this session. */
    String pid() {
        return pid;
    }

    Connection connection() {
        return connection;
    }

    /** Begins a transaction, with the next statement. */
    void begin() throws SQLException {
        connection.setAutoCommit(false);
    }

    void commit() throws SQLException {
        connection.commit();
        connection.setAutoCommit(true);
    }

    void rollback() throws SQLException {
        connection.rollback();
        connection.setAutoCommit(true);
    }

    void execute(String... statements) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    /** Returns how many rows the driver says that were changed. */
    int update(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            return statement.executeUpdate(sql);
        }
    }

    /** Returns the rows, each as its values with blanks between. */
    List<String> lines(String sql, String... parameters) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < parameters.length; i++) {
                statement.setString(i + 1, parameters[i]);
            }
            return lines(statement);
        }
    }

    private static List<String> lines(PreparedStatement statement) throws SQLException {
        List<String> lines = new ArrayList<>();
        try (ResultSet result = statement.executeQuery()) {
            int columns = result.getMetaData().getColumnCount();
            while (result.next()) {
                List<String> values = new ArrayList<>();
                for (int i = 1; i <= columns; i++) {
                    values.add(String.valueOf(result.getString(i)));
                }
                lines.add(String.join(" ", values));
            }
        }
        return lines;
    }

    /** Returns the first row as text. */
    String line(String sql, String... parameters) throws SQLException {
        return lines(sql, parameters).get(0);
    }

    /** Returns the SQLSTATE and the text with which a statement is refused, or that it is not. */
    String refusal(String sql) {
        try {
            execute(sql);
            return "no refusal";
        } catch (SQLException e) {
            return Findings.describe(e);
        }
    }

    @Override
    public void close() throws SQLException {
        if (!connection.isClosed() && !connection.getAutoCommit()) {
            connection.rollback();
        }
        connection.close();
    }
}
