package io.caravan.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.caravan.testing.CaravanProcess;
import io.caravan.testing.RouteDirectory;
import io.caravan.testing.SandboxExtension;
import io.caravan.testing.TestSandbox;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What is wrong is said on stderr, in one message that names it and the way out; and nothing is written. */
@ExtendWith(SandboxExtension.class)
class BadInputIT {

    private final TestSandbox sandbox;

    @TempDir
    private Path directory;

    private RouteDirectory routes;
    private Map<String, String> environment;

    BadInputIT(TestSandbox sandbox) {
        this.sandbox = sandbox;
    }

    @BeforeEach
    void start() throws SQLException {
        routes = new RouteDirectory(directory.resolve("routes"));
        environment = new HashMap<>(sandbox.environment());
        sandbox.execute("CREATE TABLE IF NOT EXISTS public.good (id INTEGER NOT NULL, name VARCHAR(20))");
        sandbox.put("good/o.csv", "id,name\n1,a\n");
    }

    @AfterEach
    void nothingIsWritten() throws SQLException {
        assertThat(sandbox.query("SELECT COUNT(*) FROM public.good")).isEqualTo(List.of(List.of("0")));
        assertThat(sandbox.query("SELECT table_name FROM svv_tables WHERE table_schema = 'caravan'"))
                .isEmpty();
    }

    @Test
    void aMissingBucket() {
        feed("lost", "bucket", "no-such-bucket");
        assertLoadFails(
                2,
                "caravan: feed lost: BUCKET_NOT_FOUND: lost.camel.yaml: cannot list s3://no-such-bucket/good/: the bucket no-such-bucket does not"
                        + " exist; check its name, AWS_REGION and AWS_ENDPOINT_URL_S3");
    }

    @Test
    void anUnknownTableAndAKeyThatTheTableLacks() {
        feed("no_table", "table", "public.nowhere");
        feed("no_key", "keys", "id, code");
        assertLoadFails(
                2,
                """
                caravan: feed no_key: TARGET_KEY_NOT_FOUND: no_key.camel.yaml: Feed no_key: table public.good has no column 'code' for a matching key; its columns are [id, name]
                caravan: feed no_table: TARGET_NOT_FOUND: no_table.camel.yaml: There is no table public.nowhere that the user of caravan.warehouse.user can see; create it, grant it, or correct the feed's 'table'""");
    }

    @Test
    void aWrongPasswordAtOnce() {
        feed("good");
        environment.put("CARAVAN_WAREHOUSE_PASSWORD", "wrong-secret");
        assertFails(
                2,
                "caravan: WAREHOUSE_LOGIN: Redshift failed while connecting: it refused the login (FATAL: password"
                        + " authentication failed for user \"awsuser\"); check caravan.warehouse.url,"
                        + " caravan.warehouse.user and caravan.warehouse.password",
                "load");
    }

    @Test
    void anUnknownDatabase() {
        feed("good");
        environment.put("CARAVAN_WAREHOUSE_URL", sandbox.url().replaceFirst("/test_\\d+", "/nowhere"));
        assertFails(
                2,
                "caravan: WAREHOUSE_LOGIN: Redshift failed while connecting: it refused the login (FATAL: database"
                        + " \"nowhere\" does not exist); check caravan.warehouse.url, caravan.warehouse.user and"
                        + " caravan.warehouse.password",
                "load");
    }

    @Test
    void aWarehouseThatDoesNotListen() throws IOException {
        feed("good", "maxTries", "1");
        int port = closedPort();
        environment.put("CARAVAN_WAREHOUSE_URL", "jdbc:redshift://127.0.0.1:" + port + "/dev;ssl=false");
        assertFails(
                1,
                "caravan: WAREHOUSE_UNREACHABLE: Redshift failed while connecting: Connection to 127.0.0.1:" + port
                        + " refused. Check that the hostname and port are correct and that the postmaster is accepting"
                        + " TCP/IP connections; check caravan.warehouse.url and the network",
                "load");
    }

    @Test
    void anS3ThatDoesNotListen() throws IOException {
        feed("good", "maxTries", "1");
        int port = closedPort();
        environment.put("AWS_ENDPOINT_URL_S3", "http://127.0.0.1:" + port);
        assertLoadFails(
                1,
                "caravan: feed good: OBJECT_STORE_UNREACHABLE: cannot list s3://" + sandbox.bucket()
                        + "/good/: HttpHostConnectException: Connect to http://127.0.0.1:" + port
                        + " failed: Connection refused; check AWS_ENDPOINT_URL_S3, AWS_REGION and the network");
    }

    @Test
    void everythingThatIsWrongWithRouteFilesAtOnce() {
        feed("good", "prefix", "nothing/");
        routes.file("again.camel.yaml", read("good.camel.yaml"));
        routes.file("broken.camel.yaml", "- templatedRoute:\n   routeId: [unclosed\n");
        feed("typo", "tabel", "public.good");
        String broken = "broken.camel.yaml: line 3: expected ',' or ']', but got <stream end>";
        String again = "good.camel.yaml: the feed name 'good' is already taken in again.camel.yaml; give one of them"
                + " another routeId";
        String typo =
                "typo.camel.yaml: feed typo has a parameter 'tabel' that its template does not know; is it 'table'?";
        assertLoadFails(
                2,
                "caravan: feed broken: ROUTE_FILE: " + broken + "\ncaravan: feed good: FEED_NAME_REPEATED: " + again
                        + "\ncaravan: feed typo: FEED_INVALID: " + typo);

        CaravanProcess.Result result = CaravanProcess.run(directory, environment, "check", "--offline");
        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(result.stderr()).isEmpty();
        // Behind the header and the settings.
        assertThat(result.stdout().lines().skip(1).filter(line -> !line.startsWith("settings   ok  ")))
                .containsExactly(
                        "routes     invalid  " + broken,
                        "routes     invalid  " + again,
                        "routes     invalid  " + typo,
                        "feed good  ok       again.camel.yaml");
    }

    @Test
    void everythingThatIsWrongWithSettingsAtOnce() throws IOException {
        feed("good");
        Files.writeString(
                directory.resolve("application.properties"),
                "caravan.warehouse.pol-size=4\ncaravan.staging.prefix=x\ncaravan.s3.path-style=maybe\n");
        environment.keySet().removeIf(name -> name.startsWith("CARAVAN_"));
        environment.put("CARAVAN_ROUTES_DIRECTROY", "x");
        assertFails(
                2,
                """
                caravan: SETTING_INVALID: 5 problems in the settings:
                  caravan.warehouse.pol-size is not a setting: did you mean caravan.warehouse.pool-size?
                  CARAVAN_ROUTES_DIRECTROY is not a setting: did you mean CARAVAN_ROUTES_DIRECTORY?
                  caravan.warehouse.url is not set: write jdbc:redshift://HOST:5439/DATABASE there or into CARAVAN_WAREHOUSE_URL
                  caravan.staging.bucket and caravan.staging.iam-role are not set, but caravan.staging.prefix is: set all three for COPY, or none for INSERT
                  caravan.s3.path-style is 'maybe': write true or false""",
                "load");
    }

    @Test
    void noAwsRegion() {
        feed("good");
        environment.remove("AWS_REGION");
        environment.put("HOME", directory.toString());
        assertFails(
                2,
                "caravan: SETTING_MISSING: no AWS region is set: set AWS_REGION to the region of the buckets, for example"
                        + " AWS_REGION=eu-west-1",
                "load");
    }

    @Test
    void anUnknownFeed() {
        feed("good");
        assertFails(2, "caravan: FEED_INVALID: There is no feed 'god'; is it 'good'?", "load", "--feed", "god");
    }

    @Test
    void anUnknownOption() {
        assertFails(
                2,
                "caravan: Unknown option: '--fede'\nPossible solutions: --feed\nTry 'caravan load --help'.",
                "load",
                "--fede");
    }

    /** Runs a pass that must say this, and no more, on stderr, and load nothing. */
    private void assertLoadFails(int exitCode, String message) {
        CaravanProcess.Result result = CaravanProcess.run(directory, environment, "load");

        assertThat(result.stderr()).isEqualTo(message + "\n");
        assertThat(result.exitCode()).isEqualTo(exitCode);
        assertThat(result.stdout().lines()).hasSize(1);
    }

    /** Runs a command that must say this, and no more, on stderr. */
    private void assertFails(int exitCode, String message, String... args) {
        CaravanProcess.Result result = CaravanProcess.run(directory, environment, args);

        assertThat(result.stderr()).isEqualTo(message + "\n");
        assertThat(result.exitCode()).isEqualTo(exitCode);
        assertThat(result.stdout()).isEmpty();
    }

    /** Writes a feed that is good but for the parameters given. */
    private void feed(String name, String... changed) {
        Map<String, String> parameters = new LinkedHashMap<>(
                Map.of("bucket", sandbox.bucket(), "prefix", "good/", "table", "public.good", "keys", "id"));
        for (int i = 0; i < changed.length; i += 2) {
            parameters.put(changed[i], changed[i + 1]);
        }
        routes.feed(
                name,
                parameters.entrySet().stream()
                        .flatMap(entry -> Stream.of(entry.getKey(), entry.getValue()))
                        .toArray(String[]::new));
    }

    private String read(String file) {
        try {
            return Files.readString(routes.path().resolve(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int closedPort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
