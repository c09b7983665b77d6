package io.caravan.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.caravan.testing.CaravanProcess;
import io.caravan.testing.RouteDirectory;
import io.caravan.testing.SandboxExtension;
import io.caravan.testing.TestSandbox;
import io.caravan.testing.Waiting;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Two processes on one ledger, one of which is frozen in the middle of a load, and wakes up when the world has moved on. */
@ExtendWith(SandboxExtension.class)
class ZombieIT {

    /** As the manual has it: who holds the ledgers' locks, and who waits for them. */
    private static final String LOCKS =
            """
            SELECT t.pid, t.txn_owner, t.txn_start, t.lock_mode, t.granted
            FROM svv_transactions t JOIN pg_class c ON c.oid = t.relation
            WHERE c.relname LIKE 'objects_public_%'""";

    private final TestSandbox sandbox;

    @TempDir
    private Path directory;

    private RouteDirectory routes;
    private TestingCaravan caravan;

    /** What other tests have left. */
    private List<String> left;

    ZombieIT(TestSandbox sandbox) {
        this.sandbox = sandbox;
    }

    @BeforeEach
    void prepare() {
        routes = new RouteDirectory(directory.resolve("routes"));
        caravan = new TestingCaravan(sandbox, routes);
        left = caravan.dataFiles();
    }

    @ParameterizedTest
    @CsvSource({"ObjectStore.readAhead, upsert", "StagingSession.copy, append", "TargetSession.lockLedger, upsert"})
    void whoeverIsLateLoadsNothing(String step, String mode) throws Exception {
        String folder = step.substring(step.indexOf('.') + 1).toLowerCase(Locale.ROOT);
        Arrivals arrivals = arrivals(folder, mode);
        TestingGate gate = gate("zombie");
        try (CaravanProcess zombie = start(gate)) {
            gate.close(step);
            arrivals.put(300);
            gate.awaitReached(zombie);
            zombie.freeze();
            List<String> frozen = frozen();
            List<String> dataFiles = caravan.dataFiles();

            try (CaravanProcess other = start(gate("other"))) {
                arrivals.awaitLoaded(other);
                for (int i = 0; i < 3; i++) {
                    arrivals.put(300);
                }
                arrivals.awaitLoaded(other);
                arrivals.checkAll();
            }
            assertThat(caravan.dataFiles()).as("of a load that may live").containsAll(dataFiles);

            gate.open();
            zombie.wake();
            arrivals.put(100);
            arrivals.awaitLoaded(zombie);
            assertThat(caravan.lines("SELECT load_id FROM caravan.objects"))
                    .filteredOn(frozen::contains)
                    .isEmpty();
            assertThat(caravan.loadsThatVanished()).filteredOn(frozen::contains).isEmpty();
        }
        arrivals.checkAll();
    }

    @Test
    void twoLoadsOfTheSameObjectsEndInOne() throws Exception {
        Arrivals arrivals = arrivals("both", "append");
        TestingGate gate = gate("zombie");
        TestingGate otherGate = gate("other");
        try (CaravanProcess zombie = start(gate);
                CaravanProcess other = start(otherGate)) {
            gate.close("TargetSession.lockLedger");
            otherGate.close("TargetSession.lockLedger");
            arrivals.put(300);
            gate.awaitReached(zombie);
            otherGate.awaitReached(other);
            gate.openUntil("TargetSession.commit");
            gate.awaitReached(zombie);
            zombie.freeze();
            otherGate.open();
            awaitWaiting();

            gate.open();
            zombie.wake();
            arrivals.awaitLoaded(zombie);
            arrivals.put(100);
            arrivals.awaitLoaded(zombie);
        }
        arrivals.checkAll();
        assertThat(caravan.lines(
                        "SELECT COUNT(DISTINCT load_id) FROM caravan.objects WHERE object_key LIKE 'both/000001%'"))
                .containsExactly("1");
        assertThat(caravan.dataFilesLeft()).isEmpty();
    }

    @Test
    void whoeverHoldsTheLockCanBeEndedInTheWarehouse() throws Exception {
        Arrivals arrivals = arrivals("ending", "append");
        TestingGate gate = gate("zombie");
        try (CaravanProcess zombie = start(gate)) {
            gate.close("TargetSession.commit");
            arrivals.put(300);
            gate.awaitReached(zombie);
            zombie.freeze();
            List<String> frozen = frozen();
            try (CaravanProcess other = start(gate("other"))) {
                arrivals.put(300);
                awaitWaiting();
                String holder = sandbox.query(LOCKS + " AND t.lock_mode = 'AccessExclusiveLock' AND t.granted")
                        .get(0)
                        .get(0);
                sandbox.query("SELECT pg_terminate_backend(" + holder + ")");
                arrivals.awaitLoaded(other);
                arrivals.checkAll();
            }

            gate.open();
            zombie.wake();
            arrivals.put(100);
            arrivals.awaitLoaded(zombie);
            assertThat(caravan.lines("SELECT load_id FROM caravan.objects"))
                    .filteredOn(frozen::contains)
                    .isEmpty();
        }
        arrivals.checkAll();
        assertThat(caravan.dataFilesLeft()).isEmpty();
    }

    private List<String> frozen() throws SQLException {
        return caravan.loadsThatVanished().stream()
                .filter(load -> left.stream().noneMatch(file -> file.contains(load)))
                .toList();
    }

    private void awaitWaiting() throws Exception {
        Waiting.until("the other waits for the zombie", () -> !sandbox.query(LOCKS + " AND NOT t.granted")
                .isEmpty());
    }

    private Arrivals arrivals(String folder, String mode) throws SQLException {
        return new Arrivals(sandbox, routes, caravan, folder, new Random(41), mode);
    }

    private TestingGate gate(String name) throws IOException {
        return new TestingGate(directory.resolve(name));
    }

    private CaravanProcess start(TestingGate gate) {
        return gate.start(directory, sandbox.environment(), "run");
    }
}
