package io.caravan.app.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.caravan.app.TestingCaravan;
import io.caravan.app.TestingCaravan.StagedBy;
import io.caravan.app.camel.CamelRoutes;
import io.caravan.app.camel.Feeds;
import io.caravan.app.report.ExitCode;
import io.caravan.app.report.LoadListeners;
import io.caravan.app.settings.Settings;
import io.caravan.app.wiring.Wiring;
import io.caravan.metrics.Metric;
import io.caravan.model.status.ReloadStatus;
import io.caravan.spi.LoadListener;
import io.caravan.testing.CaravanProcess;
import io.caravan.testing.PromQl;
import io.caravan.testing.PrometheusText;
import io.caravan.testing.RouteDirectory;
import io.caravan.testing.SandboxExtension;
import io.caravan.testing.TestSandbox;
import io.caravan.testing.TestingFirewall;
import io.caravan.testing.Waiting;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.camel.util.json.JsonArray;
import org.apache.camel.util.json.JsonObject;
import org.apache.camel.util.json.Jsoner;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What the service says of itself over HTTP. */
@ExtendWith(SandboxExtension.class)
class HealthIT {

    private static final Pattern PORT = Pattern.compile("Health and metrics: .* on port (\\d+) of ");

    private final TestSandbox sandbox;
    private final HttpClient http = HttpClient.newHttpClient();

    @TempDir
    private Path directory;

    private RouteDirectory routes;
    private TestingCaravan caravan;
    private Map<String, String> environment;
    private String base = "";

    HealthIT(TestSandbox sandbox) {
        this.sandbox = sandbox;
    }

    @BeforeEach
    void start() {
        routes = new RouteDirectory(directory.resolve("routes"));
        caravan = new TestingCaravan(sandbox, routes);
        environment = new HashMap<>(sandbox.environment());
    }

    @Test
    void theServiceSaysHowItGetsOn() throws Exception {
        feed("good");
        feed("bad");
        sandbox.put("good/1.csv", "id,name\n1,a\n2,b\n2,c\nx,bad\n");
        try (TestingFirewall firewall = new TestingFirewall(sandbox.sandbox().redshiftPort())) {
            environment.put(
                    "CARAVAN_WAREHOUSE_URL",
                    sandbox.url().replace(":" + sandbox.sandbox().redshiftPort() + "/", ":" + firewall.port() + "/"));
            firewall.cut();
            try (CaravanProcess run = run()) {
                assertThat(get("/health/live").statusCode()).isEqualTo(200);
                assertNotReady("warehouse cannot be reached since");
                Waiting.until(
                        "tries fail",
                        () -> value("caravan_ready") == 0 && metrics().has("caravan_retries_total"));
                firewall.mend();
                awaitReady();
                assertThat(value("caravan_ready")).isEqualTo(1);

                loadsAreCounted();
                aFeedThatFailsShows();

                firewall.cut();
                assertNotReady("warehouse cannot be reached since");
                assertThat(value("caravan_reachable", "system", "warehouse")).isZero();
                assertThat(value("caravan_reachable", "system", "s3")).isEqualTo(1);
                assertThat(get("/health/live").statusCode()).isEqualTo(200);
                firewall.mend();
                awaitReady();

                allThatIsNamedIsServed();
                run.terminate();
                assertThat(run.exitCode()).isEqualTo(143);
                assertThat(run.stderr())
                        .doesNotContain("Could not answer")
                        .doesNotContain(sandbox.sandbox().password());
            }
        }
    }

    private void loadsAreCounted() throws Exception {
        Waiting.until("the first object is loaded", () -> rows("good", "inserted") == 2);
        sandbox.put("good/2.csv", "id,name\n1,a\n2,d\n3,e\n");
        Waiting.until("the second object is loaded", () -> rows("good", "inserted") == 3);

        PrometheusText metrics = metrics();
        for (String outcome :
                List.of("inserted", "updated", "unchanged", "superseded", "rejected", "deleted", "stale")) {
            assertThat((long) metrics.value("caravan_rows_total", "feed", "good", "outcome", outcome))
                    .as(outcome)
                    .isEqualTo(ledgerSum("rows_" + outcome));
        }
        assertThat((long) metrics.value("caravan_rows_read_total", "feed", "good"))
                .isEqualTo(7)
                .isEqualTo(ledgerSum("rows_read"))
                .isEqualTo((long) metrics.sum("caravan_rows_total", "feed", "good"));
        assertThat(metrics.value("caravan_objects_total", "feed", "good", "outcome", "loaded"))
                .isEqualTo(2);
        assertThat((long) metrics.value("caravan_object_bytes_total", "feed", "good", "outcome", "loaded"))
                .isEqualTo(ledgerSum("size_bytes"))
                .isEqualTo((long) metrics.value("caravan_discovered_bytes_total", "feed", "good"));
        assertThat(metrics.value("caravan_objects_discovered_total", "feed", "good"))
                .isEqualTo(2);
        assertThat(caravan.lines("SELECT COUNT(*) FROM caravan.dead_letters WHERE feed = 'good'"))
                .containsExactly(Long.toString((long) metrics.value("caravan_dead_letters_total", "feed", "good")));
        assertThat(metrics.value("caravan_load_duration_seconds_count", "feed", "good"))
                .isEqualTo(metrics.value("caravan_loads_total", "feed", "good", "outcome", "loaded"))
                .isEqualTo(2);
        Waiting.until("nothing waits", () -> value("caravan_backlog_objects", "feed", "good") == 0);
        assertThat(feedJson("good"))
                .containsEntry("state", "loading")
                .containsEntry("rejectedRows", BigDecimal.ONE)
                .containsEntry("backlogObjects", BigDecimal.ZERO);
    }

    private void aFeedThatFailsShows() throws Exception {
        sandbox.execute("DROP TABLE public.bad");
        sandbox.put("bad/1.csv", "id,name\n1,a\n");
        Waiting.until("the feed fails", () -> value("caravan_feed_failing", "feed", "bad") == 1);
        sandbox.put("bad/2.csv", "id,name\n1,b\n");
        Waiting.until("what arrives waits", () -> value("caravan_backlog_objects", "feed", "bad") == 2);

        assertThat(feedJson("bad"))
                .containsEntry("state", "stopped")
                .containsEntry("errorCode", "TARGET_NOT_FOUND")
                .containsEntry("backlogObjects", BigDecimal.valueOf(2));
        assertThat(value("caravan_backlog_bytes", "feed", "bad")).isEqualTo(24);
        assertThat(value("caravan_lag_seconds", "feed", "bad")).isPositive();
        assertThat(value("caravan_feed_failures_total", "feed", "bad", "code", "TARGET_NOT_FOUND"))
                .isPositive();
        assertThat(value("caravan_feed_failing", "feed", "good")).isZero();
        assertThat(get("/health/ready").statusCode()).isEqualTo(200);
    }

    /** By the table of metrics, by the dashboard and by the alerts. */
    private void allThatIsNamedIsServed() throws Exception {
        Waiting.until("garbage was collected", () -> metrics().has("jvm_gc_pause_seconds_sum"));
        PrometheusText metrics = metrics();
        assertThat(metrics.names())
                // No feed here publishes, or moves its objects: PublicationsIT, TidyIT.
                .containsAll(Stream.of(Metric.values())
                        .filter(metric -> metric != Metric.PUBLISH_FAILURES && metric != Metric.TIDY_FAILURES)
                        .map(Metric::prometheusName)
                        .toList())
                .containsAll(PromQl.namesOfDashboard())
                .containsAll(PromQl.namesOfRules());
        assertThat(PromQl.namesOfDashboard()).hasSizeGreaterThan(20);
        assertThat(PromQl.namesOfRules()).hasSizeGreaterThan(8);
    }

    @Test
    void onlyReadingIsAnsweredAndNoSecret() throws Exception {
        feed("asked");
        try (CaravanProcess run = run()) {
            awaitReady();
            for (String path : List.of("/health", "/health/live", "/health/ready", "/metrics")) {
                HttpResponse<String> answer = get(path);
                assertThat(answer.statusCode()).as(path).isEqualTo(200);
                assertThat(answer.body())
                        .doesNotContain(sandbox.sandbox().password())
                        .doesNotContain(sandbox.sandbox().secretKey());
                HttpResponse<String> head = send(path, "HEAD");
                assertThat(head.statusCode()).isEqualTo(200);
                assertThat(head.body()).isEmpty();
                assertThat(head.headers().firstValue("Content-Type"))
                        .isEqualTo(answer.headers().firstValue("Content-Type"));
                HttpResponse<String> post = send(path, "POST");
                assertThat(post.statusCode()).isEqualTo(405);
                assertThat(post.headers().firstValue("Allow")).contains("GET, HEAD");
            }
            HttpResponse<String> unknown = get("/healthz");
            assertThat(unknown.statusCode()).isEqualTo(404);
            assertThat(unknown.body()).contains("/health, /health/live, /health/ready, /metrics");
            assertThat(run.isAlive()).isTrue();
        }
    }

    @Test
    void aPortInUseIsSaidToBe() throws Exception {
        feed("port");
        try (ServerSocket other = new ServerSocket(0)) {
            environment.put("CARAVAN_HTTP_PORT", Integer.toString(other.getLocalPort()));
            CaravanProcess.Result result = CaravanProcess.run(directory, environment, "run");

            assertThat(result.exitCode()).isEqualTo(ExitCode.INVALID);
            assertThat(result.stderr())
                    .contains("Cannot listen on port " + other.getLocalPort() + " of all addresses (")
                    .contains("set caravan.http.port or CARAVAN_HTTP_PORT to another port, or to 0")
                    .doesNotContain("\tat ");
        }
    }

    @Test
    void aFeedWhosePollingAnErrorHasEndedMakesTheProcessDead() throws Exception {
        feed("dies");
        feed("lives");
        LoadListener broken = new LoadListener() {
            @Override
            public void objectsFound(String feedName, int objectCount, long totalBytes) {
                if (feedName.equals("dies")) {
                    throw new LinkageError("as if a class were missing");
                }
            }
        };
        Settings settings = caravan.settings(StagedBy.INSERT);
        try (Wiring wiring = new Wiring(settings);
                Monitor monitor = new Monitor(settings.http(), wiring);
                CamelRoutes camel =
                        wiring.routes(Feeds.read(settings), new LoadListeners(broken, monitor.listener()), true)) {
            base = "http://127.0.0.1:" + monitor.port();
            assertThat(get("/health/ready").body()).contains("the service starts: its feeds have not begun");
            ReloadStatus reload = ReloadStatus.unchanged(Instant.now());
            monitor.serve(camel, () -> reload);
            camel.start();
            Waiting.until(
                    "both feeds have listed",
                    () -> camel.status("dies").firstPassOver()
                            && camel.status("lives").firstPassOver());
            assertThat(get("/health/live").statusCode()).isEqualTo(200);

            sandbox.put("dies/1.csv", "id,name\n1,a\n");
            Waiting.until("the process is dead", () -> get("/health/live").statusCode() == 503);
            assertThat(get("/health/live").body()).contains("feed dies is polled no more, because of an error");
            sandbox.put("lives/1.csv", "id,name\n1,a\n");
            Waiting.until("the other feed loads", () -> rows("lives", "inserted") == 1);
        }
    }

    private CaravanProcess run() throws Exception {
        CaravanProcess run = CaravanProcess.start(directory, environment, "run");
        Waiting.until("the port is logged", () -> PORT.matcher(run.stderr()).find());
        Matcher port = PORT.matcher(run.stderr());
        assertThat(port.find()).isTrue();
        base = "http://127.0.0.1:" + port.group(1);
        return run;
    }

    private void feed(String name) throws SQLException {
        sandbox.execute("CREATE TABLE public." + name + " (id INTEGER NOT NULL, name VARCHAR(20))");
        routes.ownFeed(name, sandbox.bucket(), "id", "pollDelay", "50", "retryDelay", "10", "failedDelay", "300");
    }

    private void assertNotReady(String reason) throws Exception {
        Waiting.until("it is not ready", () -> {
            HttpResponse<String> answer = get("/health/ready");
            return answer.statusCode() == 503 && answer.body().contains(reason);
        });
    }

    private void awaitReady() throws Exception {
        Waiting.until("it is ready", () -> get("/health/ready").statusCode() == 200);
    }

    private double rows(String feed, String outcome) throws IOException, InterruptedException {
        return value("caravan_rows_total", "feed", feed, "outcome", outcome);
    }

    private double value(String name, String... labels) throws IOException, InterruptedException {
        return metrics().value(name, labels);
    }

    private PrometheusText metrics() throws IOException, InterruptedException {
        return new PrometheusText(get("/metrics").body());
    }

    private long ledgerSum(String column) throws SQLException {
        return Long.parseLong(caravan.lines("SELECT SUM(" + column + ") FROM caravan.objects WHERE feed = 'good'")
                .get(0));
    }

    private JsonObject feedJson(String feed) throws Exception {
        JsonObject health = (JsonObject) Jsoner.deserialize(get("/health").body());
        JsonArray feeds = health.getCollection("feeds");
        return feeds.stream()
                .map(JsonObject.class::cast)
                .filter(json -> json.getString("feed").equals(feed))
                .findFirst()
                .orElseThrow();
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return send(path, "GET");
    }

    private HttpResponse<String> send(String path, String method) throws IOException, InterruptedException {
        return http.send(
                HttpRequest.newBuilder(URI.create(base + path))
                        .method(method, BodyPublishers.noBody())
                        .build(),
                BodyHandlers.ofString());
    }
}
