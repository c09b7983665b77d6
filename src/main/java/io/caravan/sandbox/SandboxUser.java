package io.caravan.sandbox;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

/** What a person does at a sandbox: puts objects with an S3 client, and types SQL. */
public final class SandboxUser implements AutoCloseable {

    private final Sandbox sandbox;
    private final S3Client s3;

    public SandboxUser(Sandbox sandbox) {
        this.sandbox = sandbox;
        this.s3 = S3Client.builder()
                .endpointOverride(sandbox.s3Endpoint())
                .region(Region.of(sandbox.region()))
                .forcePathStyle(true)
                .credentialsProvider(StaticCredentialsProvider.create(
                        AwsBasicCredentials.create(sandbox.accessKey(), sandbox.secretKey())))
                .build();
    }

    /** Stores an object, over one of the same key. */
    public void put(String bucket, String key, byte[] content) {
        s3.putObject(put -> put.bucket(bucket).key(key), RequestBody.fromBytes(content));
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
        s3.close();
    }
}
