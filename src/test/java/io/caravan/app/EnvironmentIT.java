package io.caravan.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.caravan.app.report.ExitCode;
import io.caravan.testing.CaravanProcess;
import io.caravan.testing.RouteDirectory;
import io.caravan.testing.SandboxExtension;
import io.caravan.testing.TestSandbox;
import io.caravan.testing.TestingFirewall;
import io.caravan.testing.TestingGateway;
import io.caravan.testing.Waiting;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A process that cannot work where it runs says so once, when it starts, and blames no object. */
@ExtendWith(SandboxExtension.class)
class EnvironmentIT {

    private final TestSandbox sandbox;

    @TempDir
    private Path directory;

    EnvironmentIT(TestSandbox sandbox) {
        this.sandbox = sandbox;
    }

    @Test
    void aNativeLibraryThatCannotBeLoadedIsSaidAtTheStart() throws IOException, SQLException {
        sandbox.execute("CREATE TABLE public.fit (id INTEGER NOT NULL)");
        RouteDirectory routes = new RouteDirectory(directory.resolve("routes"));
        routes.ownFeed("fit", sandbox.bucket(), "id");
        sandbox.put("fit/a.csv", "id\n1\n");
        Map<String, String> environment = new HashMap<>(sandbox.environment());
        environment.put("CARAVAN_ROUTES_DIRECTORY", routes.path().toString());
        Path missing = directory.resolve("missing");
        Path file = Files.createFile(directory.resolve("file"));

        for (String command : new String[] {"load", "run"}) {
            CaravanProcess.Result result = run(environment, "-Djava.io.tmpdir=" + missing, command);
            assertThat(result.exitCode()).as(result.stderr()).isEqualTo(ExitCode.INVALID);
            assertThat(result.stderr().lines().filter(line -> line.startsWith("caravan: ")))
                    .containsExactly(
                            "caravan: ENVIRONMENT_UNFIT: the native library of zstd cannot be loaded: the temporary"
                                    + " directory " + missing
                                    + " does not exist; let -Djava.io.tmpdir name a directory that can"
                                    + " be written to and executed from, or -DZstdNativePath the library itself, in"
                                    + " JAVA_TOOL_OPTIONS");
            assertThat(result.stderr()).doesNotContain("\tat ", "Exception");
        }
        assertThat(run(environment, "-DZstdTempFolder=" + file, "check").stdout())
                .contains("the temporary directory " + file + " is no directory; let -DZstdTempFolder name");
        CaravanProcess.Result library =
                run(environment, "-DZstdNativePath=" + file, "check", "--offline", "--format", "json");
        assertThat(library.exitCode()).isEqualTo(ExitCode.INVALID);
        assertThat(library.stdout())
                .contains("\"environment\", \"result\": \"invalid\"", "names " + file + ": let it name");
        assertThat(sandbox.lines("SELECT COUNT(*) FROM pg_class WHERE relname = 'objects_public_fit'"))
                .containsExactly("0");
    }

    @Test
    void theStartWaitsForAWarehouseAsALoadWould() throws Exception {
        sandbox.execute("CREATE TABLE public.resumed (id INTEGER NOT NULL)");
        RouteDirectory routes = new RouteDirectory(directory.resolve("patient"));
        routes.ownFeed("resumed", sandbox.bucket(), "id", "retryDelay", "500", "maxTries", "20", "pollDelay", "200");
        Map<String, String> environment = new HashMap<>(sandbox.environment());
        environment.put("CARAVAN_ROUTES_DIRECTORY", routes.path().toString());
        int port = Integer.parseInt(sandbox.url().replaceFirst(".*:([0-9]+)/.*", "$1"));

        int objects = 0;
        Map<String, String> saidByCommand = Map.of(
                "load", "Try 1 of 20 to reach what the feeds need has failed",
                "run", "The warehouse cannot be reached, the feeds wait for it");
        for (String command : List.of("load", "run")) {
            sandbox.put("resumed/" + command + ".csv", "id\n" + ++objects + "\n");
            try (TestingFirewall firewall = new TestingFirewall(port)) {
                firewall.cut();
                environment.put(
                        "CARAVAN_WAREHOUSE_URL", sandbox.url().replace(":" + port + "/", ":" + firewall.port() + "/"));
                try (CaravanProcess process = CaravanProcess.start(directory, environment, command)) {
                    Waiting.until(command + " waits", () -> process.stderr().contains(saidByCommand.get(command)));
                    firewall.mend();
                    String rows = Integer.toString(objects);
                    Waiting.until(command + " loads", () -> sandbox.lines("SELECT COUNT(*) FROM public.resumed")
                            .equals(List.of(rows)));
                    if (command.equals("load")) {
                        assertThat(process.exitCode()).isEqualTo(ExitCode.DONE);
                    }
                }
            }
        }
    }

    /** Its name is the first, and its bucket is away for longer than this test. */
    @Test
    void aFeedThatWaitsForItsBucketKeepsNoOtherWaiting() throws Exception {
        String away = sandbox.bucket() + "-away";
        sandbox.sandbox().createBucket(away);
        sandbox.execute("CREATE TABLE public.waits (id INTEGER)", "CREATE TABLE public.works (id INTEGER)");
        RouteDirectory routes = new RouteDirectory(directory.resolve("apart"));
        routes.ownFeed("waits", away, "id", "retryDelay", "300000", "maxRetryTime", "600000");
        routes.ownFeed("works", sandbox.bucket(), "id");
        sandbox.put("works/1.csv", "id\n1\n");
        try (TestingGateway gateway =
                new TestingGateway(URI.create(sandbox.environment().get("AWS_ENDPOINT_URL_S3")))) {
            gateway.refuseListing(away, "503 Slow Down", "SlowDown");
            Map<String, String> environment = new HashMap<>(sandbox.environment());
            environment.put("CARAVAN_ROUTES_DIRECTORY", routes.path().toString());
            environment.put("AWS_ENDPOINT_URL_S3", gateway.endpoint().toString());
            try (CaravanProcess load = CaravanProcess.start(directory, environment, "load")) {
                Waiting.until("the other loads; " + load.stderr(), () -> sandbox.lines("SELECT id FROM public.works")
                        .equals(List.of("1")));
                Waiting.until(
                        "it waits; " + load.stderr(), () -> load.stderr().contains("Feed waits: try 1 of 5 failed"));
                assertThat(load.isAlive()).isTrue();
            }
        }
    }

    private CaravanProcess.Result run(Map<String, String> environment, String javaOption, String... args) {
        try (CaravanProcess process = CaravanProcess.start(directory, environment, List.of(javaOption), args)) {
            int exitCode = process.exitCode();
            return new CaravanProcess.Result(exitCode, process.stdout(), process.stderr());
        }
    }
}
