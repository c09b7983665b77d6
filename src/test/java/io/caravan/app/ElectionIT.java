package io.caravan.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.caravan.testing.CaravanProcess;
import io.caravan.testing.RouteDirectory;
import io.caravan.testing.SandboxExtension;
import io.caravan.testing.TestSandbox;
import io.caravan.testing.Waiting;
import io.fabric8.kubernetes.client.server.mock.KubernetesCrudDispatcher;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import io.fabric8.mockwebserver.Context;
import io.fabric8.mockwebserver.MockWebServer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/** Two replicas that share the feeds, by each of the ways in which they may hear of each other. */
@ExtendWith(SandboxExtension.class)
class ElectionIT {

    private static final Pattern RUNS = Pattern.compile("Of (\\d) replicas this one, [a-z]+, runs the feeds \\[(.*)]");
    private static final List<String> FEEDS = List.of("one", "two", "three", "four");
    private static final Duration FAILOVER = Duration.ofSeconds(30);

    private final TestSandbox sandbox;
    private final KubernetesMockServer kubernetes = new KubernetesMockServer(
            new Context(), new MockWebServer(), new HashMap<>(), new KubernetesCrudDispatcher(), false);

    @TempDir
    private Path directory;

    private RouteDirectory routes;
    private TestingCaravan caravan;
    private int lastId;

    ElectionIT(TestSandbox sandbox) {
        this.sandbox = sandbox;
    }

    @BeforeEach
    void start() {
        kubernetes.init();
        routes = new RouteDirectory(directory.resolve("routes"));
        caravan = new TestingCaravan(sandbox, routes);
    }

    @AfterEach
    void stop() {
        kubernetes.destroy();
    }

    @ParameterizedTest
    @EnumSource(mode = Mode.EXCLUDE, names = "NONE")
    void feedsAreSharedAndTakenOver(ElectionBy by) throws Exception {
        for (String feed : FEEDS) {
            sandbox.execute("DROP TABLE IF EXISTS public." + feed, "CREATE TABLE public." + feed + " (id INTEGER)");
            routes.feed(
                    feed,
                    "bucket",
                    sandbox.bucket(),
                    "prefix",
                    by + feed + "/",
                    "table",
                    "public." + feed,
                    "keys",
                    "id",
                    "pollDelay",
                    "100");
        }
        try (CaravanProcess first = replica("first", by);
                CaravanProcess second = replica("second", by)) {
            Waiting.until("each runs half of the feeds", () -> areShared(first, second));
            assertEveryFeedLoads(by);

            long killed = System.nanoTime();
            first.kill();
            assertEveryFeedLoads(by);
            assertThat(Duration.ofNanos(System.nanoTime() - killed)).isLessThan(FAILOVER);

            try (CaravanProcess third = replica("third", by)) {
                Waiting.until("each runs half of the feeds", () -> areShared(second, third));
                second.terminate();
                assertThat(second.exitCode()).isEqualTo(143);
                Waiting.until("the other runs all at once", () -> running(third).containsAll(FEEDS));
                assertEveryFeedLoads(by);
                third.terminate();
                assertThat(third.exitCode()).isEqualTo(143);
                assertThat(third.stderr())
                        .doesNotContain("Exception")
                        .doesNotContain(" ERROR ")
                        .doesNotContain(" WARN ");
            }
        }
    }

    private CaravanProcess replica(String name, ElectionBy by) {
        Map<String, String> environment = new HashMap<>(sandbox.environment());
        environment.put("CARAVAN_ELECTION", by.name());
        environment.put("CARAVAN_REPLICA", name);
        environment.put("KUBERNETES_MASTER", kubernetes.url("/"));
        environment.put("KUBERNETES_NAMESPACE", "caravan");
        return CaravanProcess.start(directory, environment, "run");
    }

    private void assertEveryFeedLoads(ElectionBy by) throws Exception {
        for (String feed : FEEDS) {
            String id = Integer.toString(++lastId);
            sandbox.put(by + feed + "/" + id + ".csv", "id\n" + id + "\n");
            Waiting.until(feed + " loads", () -> caravan.lines("SELECT id FROM public." + feed)
                    .contains(id));
        }
    }

    private static boolean areShared(CaravanProcess one, CaravanProcess other) {
        Set<String> all = new HashSet<>(running(one));
        all.addAll(running(other));
        return running(one).size() == 2 && running(other).size() == 2 && all.containsAll(FEEDS);
    }

    /** Returns what a replica last said that it runs. */
    private static List<String> running(CaravanProcess replica) {
        return replica.stderr()
                .lines()
                .map(RUNS::matcher)
                .filter(Matcher::find)
                .reduce((earlier, later) -> later)
                .map(match -> List.of(match.group(2).split(", ", -1)))
                .orElse(List.of());
    }
}
