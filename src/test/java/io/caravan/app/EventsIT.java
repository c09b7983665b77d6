package io.caravan.app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.caravan.app.TestingCaravan.StagedBy;
import io.caravan.testing.RouteDirectory;
import io.caravan.testing.SandboxExtension;
import io.caravan.testing.TestSandbox;
import io.caravan.testing.Waiting;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.apache.camel.util.json.JsonObject;
import org.apache.camel.util.json.Jsoner;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What an endpoint is told of loads and feeds. */
@ExtendWith(SandboxExtension.class)
class EventsIT {

    private static final String SECRET_VALUE = "top-secret-value";

    private final TestSandbox sandbox;
    private final AtomicInteger asked = new AtomicInteger();

    @TempDir
    private Path directory;

    EventsIT(TestSandbox sandbox) {
        this.sandbox = sandbox;
    }

    @Test
    void allThatHappensIsToldAtLeastOnceWhateverBecomesOfTheEndpointAndTheProcess() throws Exception {
        RouteDirectory routes = new RouteDirectory(directory.resolve("routes"));
        sandbox.execute("CREATE TABLE public.told (id INTEGER NOT NULL, name VARCHAR(20))");
        routes.ownFeed("told", sandbox.bucket(), "id", "pollDelay", "50", "retryDelay", "10", "failedDelay", "200");
        routes.ownFeed("made", sandbox.bucket(), "id", "pollDelay", "50", "schema", "evolve", "createTable", "true");
        routes.ownFeed(
                "awaited", sandbox.bucket(), "id", "pollDelay", "50", "createTable", "true", "expectEvery", "1s");
        TestingCaravan caravan = new TestingCaravan(sandbox, routes);
        Path inbox = directory.resolve("inbox");
        Path state = directory.resolve("state");

        // An endpoint that cannot be had: a file stands where its directory would be.
        Files.writeString(inbox, "");
        caravan.tell("file:" + inbox + "?fileName=${header.CaravanEventId}", state);
        sandbox.put("told/1.csv", "id,name\n1,a\nx," + SECRET_VALUE + "\n");
        sandbox.put("told/2.csv", "nothing of it\n\"" + SECRET_VALUE);
        caravan.load(StagedBy.INSERT, "told");
        assertThat(caravan.lines("SELECT COUNT(*) FROM caravan.unsent_events")).isNotEqualTo(List.of("0"));

        // The next process has it.
        Files.delete(inbox);
        try (TestingService service = caravan.serve(StagedBy.INSERT)) {
            Waiting.until("the loads are told of", () -> types(inbox).contains("io.caravan.object.rejected"));
            sandbox.put("made/1.csv", "id,name\n1,a\n");
            sandbox.put("made/2.csv", "id,name,more\n2,b,c\n");
            Waiting.until("changes of the table are told of", () -> count(inbox, "io.caravan.schema.changed") >= 2);
            sandbox.execute("DROP TABLE public.told");
            sandbox.put("told/3.csv", "id,name\n1,b\n");
            Waiting.until("the failure is told of", () -> types(inbox).contains("io.caravan.feed.failing"));
            assertThat(service.status("told").isFailing()).isTrue();
            Waiting.until("the missing object is told of", () -> types(inbox).contains("io.caravan.object.missing"));
            assertThat(service.status("awaited").missingSince()).isNotNull();
        }
        // A process that never saw the failure tells that it is over.
        sandbox.execute("CREATE TABLE public.told (id INTEGER NOT NULL, name VARCHAR(20))");
        caravan.load(StagedBy.INSERT, "told");
        assertThat(types(inbox)).contains("io.caravan.feed.recovered");

        assertThat(caravan.lines("SELECT COUNT(*) FROM caravan.unsent_events")).containsExactly("0");
        List<JsonObject> all = events(inbox);
        assertThat(all)
                .allSatisfy(event -> {
                    assertThat(event)
                            .containsEntry("specversion", "1.0")
                            .containsEntry("source", "/caravan")
                            .containsEntry("datacontenttype", "application/json")
                            .containsKeys("id", "type", "subject", "time", "data");
                    assertThat(event.toJson()).doesNotContain(SECRET_VALUE);
                })
                .extracting(event -> event.get("id"))
                .doesNotHaveDuplicates();
        assertThat(all.stream()
                        .filter(event -> "io.caravan.load.ended".equals(event.get("type")))
                        .map(event ->
                                requireNonNull((JsonObject) event.get("data")).getString("load")))
                .containsAll(caravan.lines("SELECT load_id FROM caravan.loads WHERE feed <> 'traced'"));
        assertThat(all.stream().filter(event -> "io.caravan.object.rejected".equals(event.get("type"))))
                .singleElement()
                .satisfies(event -> assertThat((JsonObject) event.get("data"))
                        .containsEntry("key", "told/2.csv")
                        .containsEntry("feed", "told"));
    }

    @Test
    void lineageIsToldOnceTheServiceTakesIt() throws Exception {
        RouteDirectory routes = new RouteDirectory(directory.resolve("routes"));
        routes.ownFeed("traced", sandbox.bucket(), "id", "pollDelay", "50", "createTable", "true");
        TestingCaravan caravan = new TestingCaravan(sandbox, routes);
        List<String> told = new CopyOnWriteArrayList<>();
        HttpServer service = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        service.createContext("/api/v1/lineage", exchange -> {
            String body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
            boolean isTaken = asked.incrementAndGet() > 1;
            if (isTaken) {
                told.add(body);
            }
            exchange.sendResponseHeaders(isTaken ? 201 : 503, -1);
            exchange.close();
        });
        service.start();
        try {
            caravan.tellLineage(
                    URI.create("http://127.0.0.1:" + service.getAddress().getPort()));
            sandbox.put("traced/1.csv", "id,name\n1," + SECRET_VALUE + "\n");

            caravan.load(StagedBy.INSERT, "traced");

            String load = caravan.lines("SELECT load_id FROM caravan.loads WHERE feed = 'traced'")
                    .get(0);
            assertThat(told).hasSize(2).allSatisfy(event -> assertThat(event)
                    .contains(
                            "\"job\":{\"namespace\":\"caravan\",\"name\":\"traced\"",
                            "\"load\":\"" + load + "\"",
                            "\"name\":\"traced\",\"inputFacets\"",
                            ".public.traced\",\"facets\":{",
                            "\"schema\":",
                            "\"columnLineage\"")
                    .doesNotContain(SECRET_VALUE));
            assertThat(caravan.lines("SELECT COUNT(*) FROM caravan.unsent_events"))
                    .containsExactly("0");
        } finally {
            service.stop(0);
        }
    }

    private static List<String> types(Path inbox) throws Exception {
        return events(inbox).stream().map(event -> event.getString("type")).toList();
    }

    private static long count(Path inbox, String type) throws Exception {
        return types(inbox).stream().filter(type::equals).count();
    }

    private static List<JsonObject> events(Path inbox) throws IOException {
        List<JsonObject> events = new ArrayList<>();
        if (!Files.isDirectory(inbox)) {
            return events;
        }
        try (Stream<Path> files = Files.list(inbox)) {
            for (Path file : files.toList()) {
                // What is being written is read the next time.
                JsonObject event = Jsoner.deserialize(Files.readString(file), new JsonObject());
                if (event.containsKey("type")) {
                    events.add(event);
                }
            }
        }
        return events;
    }
}
