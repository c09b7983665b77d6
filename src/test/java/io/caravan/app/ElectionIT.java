package io.caravan.app;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.caravan.app.settings.ElectionBy;
import io.caravan.testing.CaravanProcess;
import io.caravan.testing.RouteDirectory;
import io.caravan.testing.SandboxExtension;
import io.caravan.testing.TestSandbox;
import io.caravan.testing.Waiting;
import io.fabric8.kubernetes.client.server.mock.KubernetesCrudDispatcher;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import io.fabric8.mockwebserver.Context;
import io.fabric8.mockwebserver.MockWebServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Two replicas that share the feeds, by each of the ways in which they may hear of each other. */
@ExtendWith(SandboxExtension.class)
class ElectionIT {

    private static final Pattern RUNS = Pattern.compile("Of (\\d) replicas this one, [a-z]+, runs the feeds \\[(.*)]");

    private final TestSandbox sandbox;
    private final KubernetesMockServer kubernetes = new KubernetesMockServer(
            new Context(), new MockWebServer(), new HashMap<>(), new KubernetesCrudDispatcher(), false);

    @TempDir
    private Path directory;

    private int lastId;

    ElectionIT(TestSandbox sandbox) {
        this.sandbox = sandbox;
    }

    @BeforeEach
    void start() {
        kubernetes.init();
    }

    @AfterEach
    void stop() {
        kubernetes.destroy();
    }

    /** Both ways at once, step by step: most of it is waiting for a replica to count as dead. Each wait has its limit. */
    @Test
    void feedsAreSharedAndTakenOver() throws Exception {
        try (Cluster warehouse = new Cluster(ElectionBy.WAREHOUSE);
                Cluster kubernetes = new Cluster(ElectionBy.KUBERNETES)) {
            List<Cluster> clusters = List.of(warehouse, kubernetes);
            for (Cluster cluster : clusters) {
                cluster.start("first");
                cluster.start("second");
            }
            for (Cluster cluster : clusters) {
                cluster.awaitSharing("first", "second");
                cluster.assertEveryFeedLoads();
            }

            clusters.forEach(cluster -> cluster.replica("first").kill());
            for (Cluster cluster : clusters) {
                cluster.assertEveryFeedLoads();
            }

            clusters.forEach(cluster -> cluster.start("third"));
            for (Cluster cluster : clusters) {
                cluster.awaitSharing("second", "third");
                cluster.assertTerminates("second");
            }
            for (Cluster cluster : clusters) {
                Waiting.until("the other runs all at once", () -> running(cluster.replica("third"))
                        .containsAll(cluster.feeds));
                cluster.assertEveryFeedLoads();
                cluster.assertTerminates("third");
                assertThat(cluster.replica("third").stderr())
                        .doesNotContain("Exception")
                        .doesNotContain(" ERROR ")
                        .doesNotContain(" WARN ");
            }
        }
    }

    /** An API server that is away is no matter of rights. */
    @Test
    void anApiServerThatCannotBeReachedIsSaidToBeSo() throws Exception {
        Map<String, String> environment = new HashMap<>(sandbox.environment());
        environment.put("CARAVAN_ELECTION", "kubernetes");
        environment.put("KUBERNETES_MASTER", kubernetes.url("/"));
        environment.put("KUBERNETES_NAMESPACE", "caravan");
        new RouteDirectory(directory.resolve("routes"));
        kubernetes.shutdown();

        assertThat(CaravanProcess.run(directory, environment, "check").stdout())
                .contains("cannot reach the API server of Kubernetes at http://")
                .contains("check the network and the NetworkPolicy")
                .doesNotContain("needs get, list, create");
    }

    /** Two environments that share a database, and a feed's name. */
    @Test
    void servicesThatShareTheWarehouseEachRunTheirOwnFeedOfAName() throws Exception {
        List<CaravanProcess> services = new ArrayList<>();
        try {
            for (String service : List.of("dev", "prod")) {
                Path home = Files.createDirectory(directory.resolve(service));
                sandbox.execute("CREATE TABLE public.of_" + service + " (id INTEGER)");
                new RouteDirectory(home.resolve("routes"))
                        .feed(
                                "shared",
                                "bucket",
                                sandbox.bucket(),
                                "prefix",
                                "of_" + service + "/",
                                "table",
                                "public.of_" + service,
                                "keys",
                                "id");
                sandbox.put("of_" + service + "/1.csv", "id\n1\n");
                Map<String, String> environment = new HashMap<>(sandbox.environment());
                environment.put("CARAVAN_ELECTION", "warehouse");
                environment.put("CARAVAN_REPLICA", service);
                services.add(CaravanProcess.start(home, environment, "run"));
                Waiting.until(service + " loads", () -> sandbox.lines("SELECT id FROM public.of_" + service)
                        .equals(List.of("1")));
            }
            for (CaravanProcess service : services) {
                Waiting.until("each is told of the other; " + service.stderr(), () -> service.stderr()
                        .contains("Feed shared: replica "));
            }
            Map<String, String> environment = new HashMap<>(sandbox.environment());
            environment.put("CARAVAN_ELECTION", "warehouse");
            assertThat(CaravanProcess.run(directory.resolve("dev"), environment, "check")
                            .stdout())
                    .contains("replica prod has a feed of this name too");
        } finally {
            services.forEach(CaravanProcess::close);
        }
    }

    /** Replicas of one service, with four feeds of its own. */
    private final class Cluster implements AutoCloseable {

        private final ElectionBy by;
        private final Path home;
        private final List<String> feeds;
        private final Map<String, CaravanProcess> replicas = new LinkedHashMap<>();

        Cluster(ElectionBy by) throws Exception {
            this.by = by;
            String name = by.name().toLowerCase(Locale.ROOT);
            home = Files.createDirectory(directory.resolve(name));
            feeds = Stream.of("_one", "_two", "_three", "_four")
                    .map(name::concat)
                    .toList();
            RouteDirectory routes = new RouteDirectory(home.resolve("routes"));
            for (String feed : feeds) {
                sandbox.execute("CREATE TABLE public." + feed + " (id INTEGER)");
                routes.ownFeed(feed, sandbox.bucket(), "id", "pollDelay", "100");
            }
        }

        void start(String replica) {
            Map<String, String> environment = new HashMap<>(sandbox.environment());
            environment.put("CARAVAN_ELECTION", by.name());
            environment.put("CARAVAN_REPLICA", replica);
            environment.put("KUBERNETES_MASTER", kubernetes.url("/"));
            environment.put("KUBERNETES_NAMESPACE", "caravan");
            replicas.put(replica, CaravanProcess.start(home, environment, "run"));
        }

        CaravanProcess replica(String name) {
            return requireNonNull(replicas.get(name));
        }

        void awaitSharing(String one, String other) throws Exception {
            Waiting.until(by + ": each runs half of the feeds", () -> {
                Set<String> all = new HashSet<>(running(replica(one)));
                all.addAll(running(replica(other)));
                return running(replica(one)).size() == 2
                        && running(replica(other)).size() == 2
                        && all.containsAll(feeds);
            });
        }

        void assertEveryFeedLoads() throws Exception {
            for (String feed : feeds) {
                String id = Integer.toString(++lastId);
                sandbox.put(feed + "/" + id + ".csv", "id\n" + id + "\n");
                Waiting.until(feed + " loads", () -> sandbox.lines("SELECT id FROM public." + feed)
                        .contains(id));
            }
        }

        void assertTerminates(String replica) {
            replica(replica).terminate();
            assertThat(replica(replica).exitCode()).isEqualTo(143);
        }

        @Override
        public void close() {
            replicas.values().forEach(CaravanProcess::close);
        }
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
