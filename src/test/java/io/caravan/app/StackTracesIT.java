package io.caravan.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.caravan.app.report.ExitCode;
import io.caravan.testing.CaravanProcess;
import io.caravan.testing.RouteDirectory;
import io.caravan.testing.SandboxExtension;
import io.caravan.testing.TestSandbox;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Stack traces are for those who ask for them: neither Caravan nor its libraries show one by themselves. */
@ExtendWith(SandboxExtension.class)
class StackTracesIT {

    private final TestSandbox sandbox;

    @TempDir
    private Path directory;

    StackTracesIT(TestSandbox sandbox) {
        this.sandbox = sandbox;
    }

    @Test
    void aFailureIsALineUnlessVerboseAsksForMore() throws SQLException {
        sandbox.execute(
                "CREATE TABLE public.traced (id INTEGER NOT NULL)",
                "CREATE VIEW public.traced_view AS SELECT id FROM public.traced");
        RouteDirectory routes = new RouteDirectory(directory.resolve("routes"));
        routes.ownFeed("traced", sandbox.bucket(), "id", "postSql", "INSERT INTO public.traced_view VALUES (1)");
        sandbox.put("traced/a.csv", "id\n1\n");
        Map<String, String> environment = new HashMap<>(sandbox.environment());
        environment.put("CARAVAN_ROUTES_DIRECTORY", routes.path().toString());

        CaravanProcess.Result load = CaravanProcess.run(directory, environment, "load");
        assertThat(load.exitCode()).isEqualTo(ExitCode.INVALID);
        assertThat(load.stderr())
                .startsWith(
                        "caravan: feed traced: WAREHOUSE_STATEMENT: Redshift failed while running the feed's own SQL")
                .hasLineCount(1);
        assertThat(CaravanProcess.run(directory, environment, "load", "--verbose")
                        .stderr())
                .contains("at com.amazon.redshift.");
        environment.put("CARAVAN_WAREHOUSE_URL", sandbox.url().replaceFirst("/test_[^;]*", "/gone"));
        long asked = System.nanoTime();
        assertThat(CaravanProcess.run(directory, environment, "objects", "list").stderr())
                .startsWith("caravan: WAREHOUSE_LOGIN: ")
                .hasLineCount(1);
        // Sooner than the pool gives up.
        assertThat(Duration.ofNanos(System.nanoTime() - asked)).isLessThan(Duration.ofSeconds(25));
    }
}
