package io.caravan.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.caravan.base.InvalidConfigurationException;
import io.caravan.testing.TestSandbox;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
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
}
