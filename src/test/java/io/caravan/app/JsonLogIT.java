package io.caravan.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.caravan.testing.CaravanProcess;
import io.caravan.testing.RouteDirectory;
import io.caravan.testing.SandboxExtension;
import io.caravan.testing.TestSandbox;
import io.caravan.testing.Waiting;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.protocols.jsoncore.JsonNode;

/** The log for machines: each line of stderr is a JSON object, whatever happens. */
@ExtendWith(SandboxExtension.class)
class JsonLogIT {

    @TempDir
    private Path directory;

    private final TestSandbox sandbox;
    private Map<String, String> environment;

    JsonLogIT(TestSandbox sandbox) {
        this.sandbox = sandbox;
    }

    @BeforeEach
    void feed() throws SQLException {
        sandbox.execute("CREATE TABLE IF NOT EXISTS public.logged (id INTEGER NOT NULL)");
        RouteDirectory routes = new RouteDirectory(directory.resolve("routes"));
        routes.ownFeed("logged", sandbox.bucket(), "id");
        environment = new HashMap<>(sandbox.environment());
        environment.put("CARAVAN_ROUTES_DIRECTORY", routes.path().toString());
        environment.put("CARAVAN_LOG_FORMAT", "json");
        environment.put("CARAVAN_LOG_LEVEL", "TRACE");
    }

    @Test
    void everyLineIsAnObjectAndThoseOfALoadNameIt() throws Exception {
        sandbox.put("logged/a \"quoted\"\nkey.csv", "id\n1\nx\n");
        sandbox.put("logged/z.csv", "no such column\n1\n");
        List<Map<String, String>> events;
        try (CaravanProcess run = CaravanProcess.start(directory, environment, "run")) {
            Waiting.until("the objects are dealt with", () -> run.stderr().contains("caravan.rows.read"));
            run.terminate();
            run.exitCode();
            events = run.stderr().lines().map(JsonLogIT::parse).toList();
        }

        assertThat(events).allSatisfy(event -> assertThat(event)
                .containsKeys("@timestamp", "log.level", "message", "log.logger")
                .containsEntry("service.name", "caravan")
                .hasEntrySatisfying(
                        "service.version", version -> assertThat(version).matches("\\d.*")));
        Map<String, String> load = events.stream()
                .filter(event -> event.containsKey("caravan.rows.read"))
                .findFirst()
                .orElseThrow();
        String id = sandbox.query("SELECT load_id FROM caravan.loads").get(0).get(0);
        assertThat(load)
                .containsEntry("caravan.feed", "logged")
                .containsEntry("caravan.load", id)
                .containsEntry("caravan.target", "public.logged")
                .containsEntry("caravan.objects", "2")
                .containsEntry("caravan.rows.read", "2")
                .containsEntry("caravan.rows.inserted", "1")
                .containsEntry("caravan.rows.rejected", "1");
        assertThat(events)
                .filteredOn(event -> event.getOrDefault("message", "").startsWith("Rejected "))
                .singleElement()
                .satisfies(event -> assertThat(event)
                        .containsEntry("caravan.feed", "logged")
                        .containsEntry("caravan.load", id));
        assertThat(events)
                .filteredOn(event -> event.getOrDefault("message", "").contains(id))
                .allSatisfy(event -> assertThat(event).containsEntry("caravan.load", id));
    }

    @Test
    void evenWhatStopsItIsAnObject() {
        environment.put("CARAVAN_WAREHOUSE_PASSWORD", "wrong");
        environment.put("CARAVAN_LOG_LEVEL", "INFO");

        CaravanProcess.Result result = CaravanProcess.run(directory, environment, "run");

        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(result.stderr().lines().map(JsonLogIT::parse)).last().satisfies(event -> assertThat(event)
                .containsEntry("log.level", "ERROR")
                .hasEntrySatisfying(
                        "message", message -> assertThat(message).startsWith("caravan: WAREHOUSE_LOGIN: ")));
    }

    @Test
    void anotherFormatIsRefused() {
        environment.put("CARAVAN_LOG_FORMAT", "xml");

        CaravanProcess.Result result = CaravanProcess.run(directory, environment, "run");

        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(result.stderr()).contains("CARAVAN_LOG_FORMAT is 'xml': write text or json");
    }

    /** Returns the fields of a line; those that are objects as JSON. */
    private static Map<String, String> parse(String line) {
        try {
            return JsonNode.parser().parse(line).asObject().entrySet().stream()
                    .collect(Collectors.toMap(
                            Map.Entry::getKey, entry -> entry.getValue().text()));
        } catch (RuntimeException e) {
            throw new AssertionError("no JSON object: " + line, e);
        }
    }
}
