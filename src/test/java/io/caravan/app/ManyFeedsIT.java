package io.caravan.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.caravan.testing.CaravanProcess;
import io.caravan.testing.PrometheusText;
import io.caravan.testing.RouteDirectory;
import io.caravan.testing.SandboxExtension;
import io.caravan.testing.TestSandbox;
import io.caravan.testing.Waiting;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Many feeds in one process. */
@ExtendWith(SandboxExtension.class)
class ManyFeedsIT {

    /** More than the process has threads for itself. */
    private static final int FEEDS = Integer.getInteger("caravan.test.feeds", 60);

    private final TestSandbox sandbox;

    @TempDir
    private Path directory;

    ManyFeedsIT(TestSandbox sandbox) {
        this.sandbox = sandbox;
    }

    @Test
    void manyFeedsStartWithoutAWarningAndShareThreads() throws Exception {
        RouteDirectory routes = new RouteDirectory(directory.resolve("routes"));
        try (Connection connection = sandbox.connection();
                Statement statement = connection.createStatement()) {
            for (int i = 0; i < FEEDS; i++) {
                statement.execute("CREATE TABLE public.many_" + i + " (id INTEGER)");
            }
        }
        for (int i = 0; i < FEEDS; i++) {
            routes.ownFeed("many_" + i, sandbox.bucket(), "id");
            sandbox.put("many_" + i + "/1.csv", "id\n" + i + "\n");
        }
        long begin = System.nanoTime();
        try (CaravanProcess run = CaravanProcess.start(directory, sandbox.environment(), "run");
                ServicePages pages = ServicePages.of(run)) {
            Waiting.until("it is ready", () -> pages.get("/health/ready").statusCode() == 200);
            long readyMillis = (System.nanoTime() - begin) / 1_000_000;
            assertThat(sandbox.lines("SELECT COUNT(*) FROM caravan.loads WHERE outcome = 'loaded'"))
                    .containsExactly(Integer.toString(FEEDS));
            assertThat(sandbox.lines("SELECT COUNT(*) FROM caravan.objects")).containsExactly(Integer.toString(FEEDS));
            Waiting.until("feeds at rest have no thread", () -> threads(pages) < FEEDS);
            System.out.println(FEEDS + " feeds: ready after " + readyMillis + " ms, " + run.footprint());
            run.terminate();
            assertThat(run.exitCode()).isEqualTo(143);
            assertThat(run.stderr()).doesNotContain(" WARN ").doesNotContain(" ERROR ");
        }
    }

    private static double threads(ServicePages pages) throws Exception {
        return new PrometheusText(pages.get("/metrics").body()).value("jvm_threads_live_threads");
    }
}
