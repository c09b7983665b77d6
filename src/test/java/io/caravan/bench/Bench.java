package io.caravan.bench;

import io.caravan.sandbox.Sandbox;
import io.caravan.sandbox.SandboxOptions;
import io.caravan.sandbox.SandboxUser;
import io.caravan.testing.TestSandbox;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.S3Client;

/** A sandbox in a directory of its own, with feeds to load; and the PostgreSQL behind the stand-in for Redshift, directly. */
final class Bench implements AutoCloseable {

    /** Enough for 3 million rows. */
    private static final String REMEMBERED_ROWS_MEMORY = "256000000";

    static final String BUCKET = "bench";
    static final String DATABASE = "dev";

    /** The line of PostgreSQL's {@code postmaster.pid} that holds the port, counted from 0. */
    private static final int PORT_LINE = 3;

    private final Path home;
    private final Path directory;
    private final Path routes;
    private final Sandbox sandbox;
    private final S3Client s3;
    private final int postgresPort;
    private final String postgresPassword;
    private final Connection postgres;

    /**
     * Starts the sandbox.
     *
     * @param home the checkout
     * @param directory empty; the caller deletes it
     */
    Bench(Path home, Path directory) throws IOException, SQLException {
        this.home = home;
        this.directory = directory;
        this.routes = Files.createDirectories(directory.resolve("routes"));
        String template = "s3-csv-to-redshift.camel.yaml";
        Files.copy(home.resolve("routes").resolve(template), routes.resolve(template));
        Path tables = directory.resolve("sandbox");
        this.sandbox = Sandbox.start(new SandboxOptions(tables, 0, 0));
        sandbox.createBucket(BUCKET);
        this.s3 = TestSandbox.s3(sandbox);
        this.postgresPort = Integer.parseInt(Files.readAllLines(tables.resolve("redshift/postmaster.pid"))
                .get(PORT_LINE)
                .trim());
        this.postgresPassword = Files.readString(directory.resolve("sandbox/redshift.secret"));
        this.postgres = DriverManager.getConnection(
                "jdbc:postgresql://127.0.0.1:" + postgresPort + "/" + DATABASE, "postgres", postgresPassword);
    }

    /** Returns the checkout. */
    Path home() {
        return home;
    }

    Sandbox sandbox() {
        return sandbox;
    }

    Path directory() {
        return directory;
    }

    S3Client s3() {
        return s3;
    }

    /** Returns the port of the PostgreSQL behind the stand-in. */
    int postgresPort() {
        return postgresPort;
    }

    /** Returns the password of the user {@code postgres} there. */
    String postgresPassword() {
        return postgresPassword;
    }

    /** Returns the variables that Caravan needs; without those of the staging bucket it stages by INSERT. */
    Map<String, String> environment(Staging staging) {
        Map<String, String> variables = new HashMap<>(sandbox.environment());
        variables.put("CARAVAN_ROUTES_DIRECTORY", routes.toString());
        variables.put("CARAVAN_REMEMBERED_ROWS_MEMORY", REMEMBERED_ROWS_MEMORY);
        if (staging == Staging.INSERT) {
            variables.keySet().removeIf(name -> name.startsWith("CARAVAN_STAGING_"));
        }
        return variables;
    }

    /** Creates a table of line items. */
    void createTarget(String table) throws SQLException {
        createTable(LineItems.createTable(table));
    }

    /** Creates a target table the way a user of Redshift does, through the stand-in. */
    void createTable(String statement) throws SQLException {
        try (SandboxUser user = new SandboxUser(sandbox)) {
            user.execute(statement);
        }
    }

    /** Creates a feed of all line items that begin with the prefix. */
    void createFeed(String feed, String prefix, String table) throws IOException {
        createFeed(feed, prefix, table, Map.of("keys", String.join(",", LineItems.KEYS)));
    }

    /** Creates a feed of line items that a service polls all the time. */
    void createPollingFeed(String feed, String prefix, String table) throws IOException {
        createFeed(feed, prefix, table, Map.of("keys", String.join(",", LineItems.KEYS), "pollDelay", "100"));
    }

    /** Creates a feed of line items that all are new. */
    void createAppendingFeed(String feed, String prefix, String table) throws IOException {
        createFeed(feed, prefix, table, Map.of("mode", "append"));
    }

    /** Creates a feed of all objects that begin with the prefix. */
    void createFeed(String feed, String prefix, String table, Map<String, String> more) throws IOException {
        StringBuilder yaml = new StringBuilder(
                """
                - templatedRoute:
                    routeId: %s
                    routeTemplateRef: s3-csv-to-redshift
                    parameters:
                      - { name: bucket, value: %s }
                      - { name: prefix, value: %s }
                      - { name: table, value: %s }
                """
                        .formatted(feed, BUCKET, prefix, table));
        more.forEach((name, value) -> yaml.append("      - { name: %s, value: \"%s\" }\n".formatted(name, value)));
        Files.writeString(routes.resolve(feed + ".camel.yaml"), yaml);
    }

    /** Stores a file as an object. */
    void put(String key, Path file) {
        s3.putObject(put -> put.bucket(BUCKET).key(key), file);
    }

    /** Runs a statement in PostgreSQL, past the stand-in. */
    void execute(String sql) throws SQLException {
        try (Statement statement = postgres.createStatement()) {
            statement.execute(sql);
        }
    }

    /** Returns the first row of a query of PostgreSQL, past the stand-in. */
    List<@Nullable String> query(String sql) throws SQLException {
        try (Statement statement = postgres.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            List<@Nullable String> row = new ArrayList<>();
            if (result.next()) {
                for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
                    row.add(result.getString(i));
                }
            }
            return row;
        }
    }

    /** Lets nobody pay for what was done before: writes out what is dirty, clears and counts the table. */
    void settle(String table) throws SQLException {
        execute("VACUUM ANALYZE " + table);
        execute("CHECKPOINT");
    }

    /** Returns a text that two tables share only if they hold the same rows. */
    String fingerprint(String table) throws SQLException {
        return String.valueOf(
                query("SELECT COUNT(*) || ' rows, ' || SUM(hashtextextended(t::text, 0)) FROM " + table + " AS t")
                        .get(0));
    }

    @Override
    public void close() throws SQLException {
        postgres.close();
        s3.close();
        sandbox.close();
    }
}
