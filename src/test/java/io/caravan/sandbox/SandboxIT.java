package io.caravan.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.caravan.base.InvalidConfigurationException;
import io.caravan.sandbox.fault.Credentials;
import io.caravan.sandbox.fault.Flavour;
import io.caravan.sandbox.server.PostgresServer;
import io.caravan.testing.TestSandbox;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;

final class SandboxIT {

    @TempDir
    Path directory;

    private static Connection connect(Sandbox sandbox) throws SQLException {
        return DriverManager.getConnection(sandbox.url(), sandbox.user(), sandbox.password());
    }

    @Test
    void objectsAndTablesSurviveARestart() throws SQLException {
        SandboxOptions options = new SandboxOptions(directory, 0, 0);
        String etag;
        try (Sandbox sandbox = Sandbox.start(options);
                S3Client s3 = TestSandbox.s3(sandbox);
                Connection connection = connect(sandbox);
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE kept (id INTEGER)");
            statement.execute("INSERT INTO kept VALUES (7)");
            sandbox.createBucket("kept-bucket");
            etag = s3.putObject(b -> b.bucket("kept-bucket").key("k"), RequestBody.fromString("v"))
                    .eTag();

            assertThatThrownBy(() -> Sandbox.start(options))
                    .isInstanceOf(InvalidConfigurationException.class)
                    .hasMessageContaining("is in use by another sandbox");
        }
        try (Sandbox sandbox = Sandbox.start(options);
                S3Client s3 = TestSandbox.s3(sandbox);
                Connection connection = connect(sandbox)) {
            assertThat(TestSandbox.query(connection, "SELECT id FROM kept")).isEqualTo(List.of(List.of("7")));
            assertThat(s3.headObject(b -> b.bucket("kept-bucket").key("k")).eTag())
                    .isEqualTo(etag);
        }
    }

    /** PostgreSQL's superuser may run programs, and listens on a port that every user of this machine can find. */
    @Test
    void thePostgresBehindItTrustsNobody() throws Exception {
        Path chosen = directory.resolve("chosen");
        Credentials owner = new Credentials("awsuser", "Caravan-1");
        try (SandboxDirectory own = new SandboxDirectory(chosen);
                PostgresServer server = new PostgresServer(own.tables(), owner)) {
            own.objects();
            server.storedPassword("awsuser");
            String url = "jdbc:postgresql://127.0.0.1:" + server.port() + "/postgres";
            for (String user : List.of("postgres", "awsuser", System.getProperty("user.name"))) {
                for (String password : List.of("", "postgres", "Caravan-1", user)) {
                    assertThatThrownBy(() -> DriverManager.getConnection(url, user, password)
                                    .close())
                            .isInstanceOf(SQLException.class)
                            .hasMessageContaining("assword");
                }
            }
            try (Connection connection = server.connect("postgres")) {
                assertThat(TestSandbox.query(
                                connection, "SELECT DISTINCT auth_method FROM pg_catalog.pg_hba_file_rules"))
                        .containsExactly(List.of("scram-sha-256"));
            }
            try (Stream<Path> files = Files.walk(chosen, 1)) {
                assertThat(files.map(SandboxIT::permissions))
                        .hasSizeGreaterThan(4)
                        .allMatch(permissions -> permissions.matches("rw[x-]------"));
            }
            // What runs must be nobody else's to replace.
            Path home = Path.of(System.getProperty("user.home"));
            assertThat(permissions(
                            Files.isWritable(home) ? home.resolve(".cache/caravan") : chosen.resolve("programs")))
                    .isEqualTo("rwx------");
        }
    }

    @Test
    void aDirectoryThatOthersMayWriteIntoIsRefused() throws IOException {
        Path open = Files.createDirectory(directory.resolve("open"));
        Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rwxrwxrwx"));

        assertThatThrownBy(() -> new SandboxDirectory(open))
                .isInstanceOf(InvalidConfigurationException.class)
                .hasMessageContaining("others may write into");
    }

    private static String permissions(Path path) {
        try {
            return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void aTakenPortIsNamed() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            int port = taken.getLocalPort();
            assertThatThrownBy(() -> Sandbox.start(new SandboxOptions(null, 0, port)))
                    .isInstanceOf(InvalidConfigurationException.class)
                    .hasMessageContaining(Integer.toString(port));
            assertThatThrownBy(() -> Sandbox.start(new SandboxOptions(null, port, 0)))
                    .isInstanceOf(InvalidConfigurationException.class)
                    .hasMessageContaining(Integer.toString(port));
        }
    }

    @Test
    void serverlessNamesItsOwnErrorViewAndDeniesTheOthers() throws SQLException {
        try (Sandbox sandbox = Sandbox.start(SandboxOptions.temporary().with(Flavour.SERVERLESS));
                S3Client s3 = TestSandbox.s3(sandbox);
                Connection connection = connect(sandbox);
                Statement statement = connection.createStatement()) {
            s3.putObject(
                    b -> b.bucket(sandbox.stagingBucket()).key("bad.csv"),
                    RequestBody.fromString("1,\"two\nlines\"\nx,\n"));
            statement.execute("CREATE TABLE t (id INTEGER, v VARCHAR(9))");
            assertThatThrownBy(() -> statement.execute("COPY t FROM 's3://" + sandbox.stagingBucket()
                            + "/bad.csv' IAM_ROLE '" + sandbox.iamRole() + "' CSV"))
                    .hasMessageContaining(
                            "Load into table 't' failed.  Check 'sys_load_error_detail' system table for details.");
            assertThat(TestSandbox.query(connection, "SELECT line_number, error_code FROM sys_load_error_detail"))
                    .as("a line is a record")
                    .isEqualTo(List.of(List.of("2", "1207")));
            assertThatThrownBy(() -> statement.execute("SELECT err_code FROM stl_load_errors"))
                    .hasMessageContaining("permission denied for relation stl_load_errors");
        }
    }
}
