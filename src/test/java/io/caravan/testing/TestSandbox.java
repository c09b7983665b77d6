package io.caravan.testing;

import io.caravan.sandbox.Sandbox;
import io.caravan.sandbox.fault.Fault;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.glue.GlueClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CompletedPart;

/** What one test class, or one case of it, has of the sandbox: a database and a bucket of its own. */
public final class TestSandbox implements AutoCloseable {

    private final Sandbox sandbox;
    private final String name;
    private final String bucket;
    private final String database;
    private final String url;
    private final S3Client s3;

    /** Makes a database and a bucket in a sandbox, which stays the caller's to close. */
    public TestSandbox(Sandbox sandbox, int number) {
        this(sandbox, Integer.toString(number));
    }

    /** Takes a name of lower-case letters, digits and hyphens. */
    private TestSandbox(Sandbox sandbox, String name) {
        this.sandbox = sandbox;
        this.name = name;
        this.bucket = "test-bucket-" + name;
        this.database = "test_" + name.replace('-', '_');
        this.url = sandbox.createDatabase(database);
        sandbox.createBucket(bucket);
        this.s3 = s3(sandbox);
    }

    /** Returns a new client of a sandbox's S3, as an application would make it. */
    public static S3Client s3(Sandbox sandbox) {
        return S3Client.builder()
                .endpointOverride(URI.create(sandbox.s3Endpoint().toString()))
                .region(Region.of(sandbox.region()))
                .forcePathStyle(true)
                .credentialsProvider(StaticCredentialsProvider.create(
                        AwsBasicCredentials.create(sandbox.accessKey(), sandbox.secretKey())))
                .build();
    }

    /** Returns a new client of the sandbox's Glue, as an application would make it. */
    public GlueClient glue() {
        return GlueClient.builder()
                .endpointOverride(sandbox.glueEndpoint())
                .region(Region.of(sandbox.region()))
                .credentialsProvider(StaticCredentialsProvider.create(
                        AwsBasicCredentials.create(sandbox.accessKey(), sandbox.secretKey())))
                .httpClientBuilder(Apache5HttpClient.builder())
                .build();
    }

    /** Returns another database and another bucket of the same sandbox, for one case of a test; it is the case's to close. */
    public TestSandbox part(String caseName) {
        return new TestSandbox(sandbox, name + "-" + caseName);
    }

    public Sandbox sandbox() {
        return sandbox;
    }

    /** Makes the next statement in this database that the fault fits fail; once. */
    public void failNext(Fault fault) {
        sandbox.failNext(database, fault);
    }

    public String bucket() {
        return bucket;
    }

    public String url() {
        return url;
    }

    public S3Client s3() {
        return s3;
    }

    /** Stores an object and returns its ETag, without quotes. */
    public String put(String key, byte[] content) {
        return s3.putObject(b -> b.bucket(bucket).key(key), RequestBody.fromBytes(content))
                .eTag()
                .replace("\"", "");
    }

    /** Stores an object as UTF-8 and returns its ETag, without quotes. */
    public String put(String key, String content) {
        return put(key, content.getBytes(StandardCharsets.UTF_8));
    }

    /** Stores an object in one part of a multipart upload, which gives the same bytes another ETag, and returns that. */
    public String putInParts(String key, byte[] content) {
        String upload = s3.createMultipartUpload(b -> b.bucket(bucket).key(key)).uploadId();
        String part = s3.uploadPart(
                        b -> b.bucket(bucket).key(key).uploadId(upload).partNumber(1), RequestBody.fromBytes(content))
                .eTag();
        CompletedPart completed =
                CompletedPart.builder().partNumber(1).eTag(part).build();
        return s3.completeMultipartUpload(b ->
                        b.bucket(bucket).key(key).uploadId(upload).multipartUpload(parts -> parts.parts(completed)))
                .eTag()
                .replace("\"", "");
    }

    /** Stores an object as UTF-8 likewise. */
    public String putInParts(String key, String content) {
        return putInParts(key, content.getBytes(StandardCharsets.UTF_8));
    }

    /** Opens a connection of the real driver to this class's database. */
    public Connection connection() throws SQLException {
        return connection("");
    }

    /** Opens a connection with more driver options, such as {@code ;reWriteBatchedInserts=true}. */
    public Connection connection(String options) throws SQLException {
        return DriverManager.getConnection(url + options, sandbox.user(), sandbox.password());
    }

    /** Runs statements, each in a transaction of its own. */
    public void execute(String... statements) throws SQLException {
        try (Connection connection = connection();
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    /** Returns the rows of a query as text. */
    public List<List<@Nullable String>> query(String sql) throws SQLException {
        try (Connection connection = connection()) {
            return query(connection, sql);
        }
    }

    /** Returns the rows of a query, each as one line. */
    public List<String> lines(String sql) throws SQLException {
        return query(sql).stream()
                .map(row -> row.stream().map(String::valueOf).collect(Collectors.joining(" ")))
                .toList();
    }

    /** Returns the rows of a query on this connection, as text. */
    public static List<List<@Nullable String>> query(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
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
        }
    }

    /** Returns the sandbox's variables, with this class's database, and health on any free port. */
    public Map<String, String> environment() {
        Map<String, String> variables = new LinkedHashMap<>(sandbox.environment());
        variables.put("CARAVAN_WAREHOUSE_URL", url);
        variables.put("PGDATABASE", database);
        variables.put("CARAVAN_HTTP_PORT", "0");
        return variables;
    }

    @Override
    public void close() {
        s3.close();
    }
}
