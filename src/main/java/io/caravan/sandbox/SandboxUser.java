package io.caravan.sandbox;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a person does at a sandbox: puts objects with an S3 client, and types SQL. */
public final class SandboxUser implements AutoCloseable {

    private final Sandbox sandbox;
    private final SandboxObjects objects;

    public SandboxUser(Sandbox sandbox) {
        this.sandbox = sandbox;
        this.objects = new SandboxObjects(sandbox.s3Endpoint());
    }

    /** Stores an object, over one of the same key. */
    public void put(String bucket, String key, byte[] content) {
        objects.put(bucket, key, content);
    }

    /**
     * Runs a statement in a transaction of its own.
     *
     * @throws IllegalStateException if the server refuses it
     */
    public void execute(String sql) {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException("The sandbox refuses: " + sql, e);
        }
    }

    /**
     * Returns a query's rows as text.
     *
     * @throws IllegalStateException if the server refuses it
     */
    public List<List<@Nullable String>> query(String sql) {
        try (Connection connection = connect();
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            List<List<@Nullable String>> rows = new ArrayList<>();
            while (result.next()) {
                List<@Nullable String> row = new ArrayList<>();
                for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
                    row.add(result.getString(i));
                }
                rows.add(row);
            }
            return rows;
        } catch (SQLException e) {
            throw new IllegalStateException("The sandbox refuses: " + sql, e);
        }
    }

    private Connection connect() throws SQLException {
        return DriverManager.getConnection(sandbox.url(), sandbox.user(), sandbox.password());
    }

    @Override
    public void close() {
        objects.close();
    }
}
