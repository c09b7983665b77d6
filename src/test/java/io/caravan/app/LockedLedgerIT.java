package io.caravan.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.caravan.app.TestingCaravan.StagedBy;
import io.caravan.app.report.ExitCode;
import io.caravan.testing.CaravanProcess;
import io.caravan.testing.RouteDirectory;
import io.caravan.testing.SandboxExtension;
import io.caravan.testing.TestSandbox;
import io.caravan.testing.Waiting;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.camel.util.json.JsonArray;
import org.apache.camel.util.json.JsonObject;
import org.apache.camel.util.json.Jsoner;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A load that lasts, because somebody has the ledger of its target locked, and all the others. */
@ExtendWith(SandboxExtension.class)
class LockedLedgerIT {

    private static final String WAITING = "SELECT COUNT(*) FROM pg_locks WHERE NOT granted";

    private final TestSandbox sandbox;

    @TempDir
    private Path directory;

    LockedLedgerIT(TestSandbox sandbox) {
        this.sandbox = sandbox;
    }

    @Test
    void whoDoesNotNeedTheLedgerIsNotKeptWaitingAndWhoNeedsAConnectionWaitsInPeace() throws Exception {
        RouteDirectory routes = new RouteDirectory(directory.resolve("routes"));
        TestingCaravan caravan = new TestingCaravan(sandbox, routes);
        for (String name : List.of("locked", "first", "second")) {
            feed(routes, name);
        }
        Map<String, String> environment = new HashMap<>(sandbox.environment());
        environment.put("CARAVAN_WAREHOUSE_POOL_SIZE", "2");
        try (CaravanProcess run = CaravanProcess.start(directory, environment, "run");
                ServicePages pages = ServicePages.of(run)) {
            for (String name : List.of("locked", "first", "second")) {
                sandbox.put(name + "/1.csv", "id\n1\n");
                awaitRows(name, 1);
            }
            try (Connection other = sandbox.connection();
                    Statement lock = other.createStatement()) {
                other.setAutoCommit(false);
                lock.execute("LOCK TABLE caravan.objects_public_locked");
                sandbox.put("locked/2.csv", "id\n2\n");
                Waiting.until("the load waits for the ledger", () -> sandbox.lines(WAITING)
                        .equals(List.of("1")));
                for (String name : List.of("first", "second")) {
                    sandbox.put(name + "/2.csv", "id\n2\n");
                    Waiting.until(name + " waits", () -> "waiting"
                            .equals(status(pages, name).getString("state")));
                    assertThat(status(pages, name).getInteger("backlogObjects")).isEqualTo(1);
                }
                assertThat(pages.get("/health/live").statusCode()).isEqualTo(200);
                assertThat(pages.get("/health/ready").statusCode()).isEqualTo(200);
                assertThat(pages.get("/metrics").body()).contains("caravan_feed_failing{feed=\"first\"} 0");

                // Others that have connections of their own.
                assertThat(caravan.run(StagedBy.INSERT, "objects", "list", "--feed", "first")
                                .stdout())
                        .contains("first/1.csv");
                feed(routes, "fresh");
                sandbox.put("fresh/1.csv", "id\n1\n");
                assertThat(caravan.run(StagedBy.INSERT, "load", "--feed", "fresh")
                                .exitCode())
                        .isEqualTo(ExitCode.DONE);
                assertThat(sandbox.lines("SELECT id FROM public.fresh")).containsExactly("1");
                assertThat(caravan.run(StagedBy.INSERT, "check").exitCode()).isEqualTo(ExitCode.DONE);
            }
            for (String name : List.of("locked", "first", "second")) {
                awaitRows(name, 2);
            }
            run.terminate();
            assertThat(run.exitCode()).isEqualTo(143);
            assertThat(run.stderr()).doesNotContain(" WARN ").doesNotContain(" ERROR ");
        }
        // The view could not be changed then.
        sandbox.put("fresh/2.csv", "id\n2\n");
        assertThat(caravan.run(StagedBy.INSERT, "load").exitCode()).isEqualTo(ExitCode.DONE);
        assertThat(sandbox.lines("SELECT DISTINCT feed FROM caravan.objects ORDER BY feed"))
                .containsExactly("first", "fresh", "locked", "second");
    }

    private void feed(RouteDirectory routes, String name) throws SQLException {
        sandbox.execute("CREATE TABLE public." + name + " (id INTEGER)");
        routes.ownFeed(name, sandbox.bucket(), "id", "pollDelay", "100");
    }

    private void awaitRows(String table, int count) throws Exception {
        Waiting.until(table + " has rows: " + count, () -> sandbox.lines("SELECT COUNT(*) FROM public." + table)
                .equals(List.of(Integer.toString(count))));
    }

    private static JsonObject status(ServicePages pages, String name) throws Exception {
        JsonObject health = Jsoner.deserialize(pages.get("/health").body(), new JsonObject());
        return health.<JsonArray>getCollection("feeds").stream()
                .map(JsonObject.class::cast)
                .filter(feed -> feed.getString("feed").equals(name))
                .findFirst()
                .orElse(new JsonObject());
    }
}
