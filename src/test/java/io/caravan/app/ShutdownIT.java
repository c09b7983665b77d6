package io.caravan.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.caravan.app.report.ExitCode;
import io.caravan.testing.CaravanProcess;
import io.caravan.testing.RouteDirectory;
import io.caravan.testing.SandboxExtension;
import io.caravan.testing.TestSandbox;
import io.caravan.testing.Waiting;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A process that is told to stop, by SIGTERM. */
@ExtendWith(SandboxExtension.class)
class ShutdownIT {

    /** The pool gives up after half a minute, and much later the grace period ends. */
    private static final Duration POOL_PATIENCE = Duration.ofSeconds(30);

    private static final int TERMINATED = 143;

    private final TestSandbox sandbox;

    @TempDir
    private Path directory;

    private RouteDirectory routes;
    private TestingCaravan caravan;
    private TestingGate gate;

    ShutdownIT(TestSandbox sandbox) {
        this.sandbox = sandbox;
    }

    @BeforeEach
    void prepare() throws IOException {
        routes = new RouteDirectory(directory.resolve("routes"));
        caravan = new TestingCaravan(sandbox, routes);
        gate = new TestingGate(directory.resolve("gate"));
    }

    @Test
    void theLoadInFlightFinishesAndNoOtherBegins() throws Exception {
        feed("inflight", "100");
        gate.close("TargetSession.merge");
        try (CaravanProcess run = startGated("run")) {
            gate.awaitReached(run);
            terminate(run);
            gate.open();
            assertThat(run.exitCode()).isEqualTo(TERMINATED);
            assertThat(run.stderr()).doesNotContain("Exception").doesNotContain(" WARN ");
        }
        assertThat(caravan.ledger("inflight")).containsExactly("inflight/1.csv loaded 1 1 0 0 0 0 null");
        assertThat(caravan.dataFilesLeft()).isEmpty();

        finish("inflight");
    }

    @Test
    void aLoadThatTakesTooLongIsRolledBack() throws Exception {
        Files.writeString(directory.resolve("application.properties"), "camel.main.shutdownTimeout=1\n");
        feed("toolong", "100");
        gate.close("TargetSession.commit");
        try (CaravanProcess run = startGated("run")) {
            gate.awaitReached(run);
            terminate(run);
            assertThat(run.exitCode()).isEqualTo(TERMINATED);
        }
        assertThat(caravan.lines("SELECT COUNT(*) FROM public.toolong")).containsExactly("0");
        assertThat(caravan.ledger("toolong")).isEmpty();

        finish("toolong");
    }

    @Test
    void aPassEndsLikewise() throws Exception {
        feed("pass", "100");
        feed("pass_other", "100");
        gate.close("TargetSession.merge");
        try (CaravanProcess load = startGated("load")) {
            gate.awaitReached(load);
            terminate(load);
            gate.open();
            assertThat(load.exitCode()).isEqualTo(TERMINATED);
        }
        assertThat(caravan.lines("SELECT COUNT(*) FROM caravan.objects WHERE feed LIKE 'pass%'"))
                .containsExactly("1");
        assertThat(caravan.dataFilesLeft()).isEmpty();

        finish("pass");
    }

    @Test
    void aServiceThatWaitsForTheNextPollEndsAtOnce() throws Exception {
        feed("polling", "3600000");
        try (CaravanProcess run = startGated("run")) {
            Waiting.until("all is loaded", () -> caravan.lines("SELECT COUNT(*) FROM public.polling")
                    .equals(List.of("3")));
            run.terminate();
            // Long before it.
            assertThat(run.exitCode()).isEqualTo(TERMINATED);
        }
    }

    @Test
    void aServiceThatWaitsForTheWarehouseEndsAtOnce() throws Exception {
        feed("away", "100");
        Map<String, String> environment = new HashMap<>(sandbox.environment());
        environment.put("CARAVAN_WAREHOUSE_URL", "jdbc:redshift://127.0.0.1:" + freePort() + "/dev;ssl=false");
        gate.close("Warehouse.readLedger");
        try (CaravanProcess run = gate.start(directory, environment, "run")) {
            gate.awaitReached(run);
            gate.open();
            long told = System.nanoTime();
            run.terminate();
            assertThat(run.exitCode()).isEqualTo(TERMINATED);
            assertThat(Duration.ofNanos(System.nanoTime() - told)).isLessThan(POOL_PATIENCE);
        }
    }

    /** Returns when the process knows. */
    private static void terminate(CaravanProcess run) throws Exception {
        run.terminate();
        Waiting.until("the process stops; stderr:\n" + run.stderr(), () -> run.stderr()
                .contains("Told to stop"));
    }

    /** Three objects, each of which is a load. */
    private void feed(String name, String pollDelay) throws SQLException {
        sandbox.execute("CREATE TABLE public." + name + " (id INTEGER NOT NULL, name VARCHAR(20))");
        routes.ownFeed(
                name, sandbox.bucket(), "id", "maxObjectsPerLoad", "1", "pollDelay", pollDelay, "retryDelay", "100");
        for (int i = 1; i <= 3; i++) {
            sandbox.put(name + "/" + i + ".csv", "id,name\n" + i + ",n\n");
        }
    }

    /** What was not loaded is loaded by the next start, once. */
    private void finish(String feed) throws SQLException {
        assertThat(CaravanProcess.run(directory, sandbox.environment(), "load").exitCode())
                .isEqualTo(ExitCode.DONE);
        assertThat(caravan.ledger(feed))
                .containsExactly(
                        feed + "/1.csv loaded 1 1 0 0 0 0 null",
                        feed + "/2.csv loaded 1 1 0 0 0 0 null",
                        feed + "/3.csv loaded 1 1 0 0 0 0 null");
        assertThat(caravan.lines("SELECT COUNT(*) FROM public." + feed)).containsExactly("3");
    }

    private CaravanProcess startGated(String command) {
        return gate.start(directory, sandbox.environment(), command);
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
