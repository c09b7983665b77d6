package io.caravan.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.caravan.app.report.ExitCode;
import io.caravan.testing.CaravanProcess;
import io.caravan.testing.RouteDirectory;
import io.caravan.testing.SandboxExtension;
import io.caravan.testing.TestSandbox;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Nothing that Caravan prints or logs has a secret in it, not even at its most talkative, and when things fail. */
@ExtendWith(SandboxExtension.class)
class SecretsIT {

    private static final String ENDPOINT_PASSWORD = "s3cr3t-of-the-endpoint";
    private static final String WRONG_PASSWORD = "s3cr3t-that-is-wrong";

    @TempDir
    private Path directory;

    private final TestSandbox sandbox;
    private Map<String, String> environment;

    SecretsIT(TestSandbox sandbox) {
        this.sandbox = sandbox;
    }

    @BeforeEach
    void feed() throws SQLException {
        sandbox.execute("CREATE TABLE IF NOT EXISTS public.secrets (id INTEGER NOT NULL)");
        RouteDirectory routes = new RouteDirectory(directory.resolve("routes"));
        routes.ownFeed("secrets", sandbox.bucket(), "id");
        environment = new HashMap<>(sandbox.environment());
        environment.put("CARAVAN_ROUTES_DIRECTORY", routes.path().toString());
        environment.put("CARAVAN_LOG_LEVEL", "TRACE");
    }

    @ParameterizedTest
    @ValueSource(strings = {"load", "check"})
    void ofALoad(String command) {
        sandbox.put("secrets/" + command + ".csv", "id\n1\nx\n");
        environment.put("CARAVAN_DEAD_LETTER_URI", "jdbc:none?password=" + ENDPOINT_PASSWORD);

        assertNoSecret(CaravanProcess.run(directory, environment, command));
    }

    @Test
    void ofALoginThatIsRefused() {
        environment.put("CARAVAN_WAREHOUSE_PASSWORD", WRONG_PASSWORD);

        assertNoSecret(CaravanProcess.run(directory, environment, "load"));
    }

    @Test
    void ofCredentialsThatS3Refuses() {
        environment.put("AWS_SECRET_ACCESS_KEY", WRONG_PASSWORD);

        assertNoSecret(CaravanProcess.run(directory, environment, "load"));
    }

    @Test
    void ofAUrlThatHasAPassword() {
        environment.put(
                "CARAVAN_WAREHOUSE_URL",
                sandbox.url() + ";UID=" + sandbox.sandbox().user() + ";PWD=" + WRONG_PASSWORD);
        environment.remove("CARAVAN_WAREHOUSE_USER");
        environment.remove("CARAVAN_WAREHOUSE_PASSWORD");

        assertNoSecret(CaravanProcess.run(directory, environment, "load"));
    }

    /** A user may want to see what the pool and the driver have to say. */
    @Test
    void ofAPoolThatTellsEverything() throws IOException {
        Path config = Files.writeString(
                directory.resolve("everything.xml"),
                """
                <configuration>
                  <appender name="stderr" class="ch.qos.logback.core.ConsoleAppender">
                    <target>System.err</target>
                    <encoder><pattern>%msg%n</pattern></encoder>
                  </appender>
                  <logger name="com.zaxxer" level="TRACE"/>
                  <logger name="com.amazon.redshift" level="TRACE"/>
                  <root level="WARN"><appender-ref ref="stderr"/></root>
                </configuration>
                """);
        environment.put(
                "CARAVAN_WAREHOUSE_URL",
                sandbox.url() + ";user=" + sandbox.sandbox().user() + ";password="
                        + sandbox.sandbox().password());
        environment.remove("CARAVAN_WAREHOUSE_USER");
        environment.remove("CARAVAN_WAREHOUSE_PASSWORD");
        try (CaravanProcess load = CaravanProcess.start(
                directory, environment, List.of("-Dlogback.configurationFile=" + config), "load")) {
            // Other cases of this class may have left objects with bad rows.
            assertThat(load.exitCode()).isIn(ExitCode.DONE, ExitCode.REJECTED);
            assertThat(load.stderr()).contains("warehouse - configuration:");
            assertNoSecret(new CaravanProcess.Result(0, load.stdout(), load.stderr()));
        }
    }

    private void assertNoSecret(CaravanProcess.Result result) {
        String all = result.stdout() + result.stderr();
        assertThat(all).isNotBlank();
        all.lines().forEach(line -> assertThat(line)
                .doesNotContain(ENDPOINT_PASSWORD)
                .doesNotContain(WRONG_PASSWORD)
                .doesNotContain(sandbox.sandbox().password())
                .doesNotContain(sandbox.sandbox().secretKey()));
    }
}
