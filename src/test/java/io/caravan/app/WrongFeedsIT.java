package io.caravan.app;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import io.caravan.app.TestingCaravan.StagedBy;
import io.caravan.app.report.ExitCode;
import io.caravan.testing.CaravanProcess;
import io.caravan.testing.RouteDirectory;
import io.caravan.testing.SandboxExtension;
import io.caravan.testing.TestSandbox;
import io.caravan.testing.Waiting;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.camel.util.json.JsonArray;
import org.apache.camel.util.json.JsonObject;
import org.apache.camel.util.json.Jsoner;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Feeds and files that are wrong from the start, beside one that is right. */
@ExtendWith(SandboxExtension.class)
class WrongFeedsIT {

    /** What is wrong with a feed, its file, and what is said of it. */
    private record Wrong(String feed, String file, String code, String reason) {

        static Wrong feed(String name, String code, String reason) {
            return new Wrong(name, name + ".camel.yaml", code, reason);
        }
    }

    private static final List<Wrong> IN_FILES = List.of(
            Wrong.feed("typo", "FEED_INVALID", "parameter 'tabel'"),
            Wrong.feed("no_mode", "FEED_INVALID", "upsrt"),
            Wrong.feed("no_template", "ROUTE_FILE", "there is no route template 'csv'"),
            Wrong.feed("broken", "ROUTE_FILE", ""),
            Wrong.feed("unknown_field", "ROUTE_FILE", ""),
            new Wrong("good", "z_copy.camel.yaml", "FEED_NAME_REPEATED", "already taken in good.camel.yaml"),
            new Wrong("notes", "notes.yaml", "ROUTE_FILE", ""),
            new Wrong("manifest", "manifest.yml", "ROUTE_FILE", ""),
            new Wrong("bytes", "bytes.yaml", "ROUTE_FILE", ""),
            new Wrong("own", "own.yaml", "ROUTE_FILE", "nosuch"));

    private static final List<Wrong> IN_THE_WORLD = List.of(
            Wrong.feed("no_table", "TARGET_NOT_FOUND", "no_table"),
            Wrong.feed("a_view", "TARGET_NOT_A_TABLE", "a_view"),
            Wrong.feed("no_key", "TARGET_KEY_NOT_FOUND", "'nokey'"),
            Wrong.feed("no_bucket", "BUCKET_NOT_FOUND", "no-such-bucket"));

    private final TestSandbox sandbox;

    @TempDir
    private Path directory;

    private RouteDirectory routes;
    private TestingCaravan caravan;
    private Map<String, String> environment;

    WrongFeedsIT(TestSandbox sandbox) {
        this.sandbox = sandbox;
    }

    @BeforeEach
    void writeFiles() throws Exception {
        routes = new RouteDirectory(directory.resolve("routes"));
        caravan = new TestingCaravan(sandbox, routes);
        environment = new HashMap<>(sandbox.environment());
        environment.put("CARAVAN_ROUTES_RELOAD_INTERVAL", "0.1s");
        sandbox.execute(
                "CREATE TABLE IF NOT EXISTS public.good (id INTEGER)",
                "CREATE TABLE IF NOT EXISTS public.late (id INTEGER)",
                "CREATE OR REPLACE VIEW public.a_view AS SELECT id FROM public.good");
        routes.ownFeed("good", sandbox.bucket(), "id", "pollDelay", "100");
        routes.ownFeed("typo", sandbox.bucket(), "id", "tabel", "x");
        routes.ownFeed("no_mode", sandbox.bucket(), "id", "mode", "upsrt");
        routes.file(
                "no_template.camel.yaml", "- templatedRoute:\n    routeId: no_template\n    routeTemplateRef: csv\n");
        routes.file("broken.camel.yaml", "- templatedRoute:\n    routeId: broken\n  parameters: [\n");
        routes.file("unknown_field.camel.yaml", "- templatedRoute:\n    routeId: unknown_field\n    routeTemplat: x\n");
        routes.file("z_copy.camel.yaml", Files.readString(routes.path().resolve("good.camel.yaml")) + "# a copy\n");
        routes.file("notes.yaml", "To do: ask about the keys: of customers\n\tand so on\n");
        routes.file("manifest.yml", "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: x\n");
        Files.write(routes.path().resolve("bytes.yaml"), new byte[] {0, 1, (byte) 0xff, (byte) 0xfe, 7, 0});
        routes.file("own.yaml", "- route:\n    id: own\n    from:\n      uri: nosuch:component\n      steps: []\n");
        routes.ownFeed("no_table", sandbox.bucket(), "id");
        routes.ownFeed("a_view", sandbox.bucket(), "id");
        routes.feed("no_key", "bucket", sandbox.bucket(), "prefix", "no_key/", "table", "public.good", "keys", "nokey");
        routes.feed("no_bucket", "bucket", "no-such-bucket", "table", "public.good", "keys", "id");
    }

    @Test
    void theServiceRunsTheOthersAndStartsWhatIsMended() throws Exception {
        sandbox.put("good/1.csv", "id\n1\n");
        try (CaravanProcess run = CaravanProcess.start(directory, environment, "run");
                ServicePages pages = ServicePages.of(run)) {
            awaitRow("good", "1");
            for (Wrong wrong : IN_THE_WORLD) {
                Waiting.until(wrong + " is stopped; stderr:\n" + run.stderr(), () -> wrong.code()
                        .equals(feed(pages, wrong.feed()).getString("errorCode")));
            }
            for (Wrong wrong : IN_FILES) {
                assertThat(problems(pages)).as(wrong.file()).anySatisfy(problem -> {
                    assertThat(problem.getString("file")).isEqualTo(wrong.file());
                    assertThat(problem.getString("errorCode")).isEqualTo(wrong.code());
                    assertThat(problem.getString("error")).contains(wrong.reason());
                });
                if (!wrong.feed().equals("good")) {
                    assertStopped(run, pages, wrong);
                }
            }
            IN_THE_WORLD.forEach(wrong -> assertStopped(run, pages, wrong));
            assertThat(feed(pages, "good")).containsEntry("state", "loading");
            Waiting.until("it is ready", () -> pages.get("/health/ready").statusCode() == 200);
            assertThat(pages.get("/health/live").statusCode()).isEqualTo(200);

            // One is mended, the others stay as they are.
            routes.feed(
                    "typo",
                    "bucket",
                    sandbox.bucket(),
                    "prefix",
                    "late/",
                    "table",
                    "public.late",
                    "keys",
                    "id",
                    "pollDelay",
                    "100");
            sandbox.put("late/1.csv", "id\n1\n");
            awaitRow("late", "1");
            Waiting.until(
                    "it is well", () -> "loading".equals(feed(pages, "typo").getString("state")));
            assertThat(feed(pages, "broken")).containsEntry("state", "stopped");

            // What is made wrong goes on as it was, and so do the others.
            routes.ownFeed("good", sandbox.bucket(), "id", "mode", "nonsense");
            Waiting.until("it is refused", () -> problems(pages).stream()
                    .anyMatch(problem -> "good.camel.yaml".equals(problem.getString("file"))));
            routes.ownFeed("no_mode", sandbox.bucket(), "id", "table2", "still wrong");
            sandbox.put("good/2.csv", "id\n2\n");
            awaitRow("good", "2");
            run.terminate();
            assertThat(run.exitCode()).isEqualTo(143);
            assertThat(run.stderr()).doesNotContain("\tat ");
        }
    }

    @Test
    void loadDoesTheOthersAndCheckSaysAll() throws Exception {
        sandbox.put("good/3.csv", "id\n3\n");
        CaravanProcess.Result load = caravan.run(StagedBy.COPY, "load");
        assertThat(load.exitCode()).as(load.stderr()).isEqualTo(ExitCode.INVALID);
        assertThat(load.stdout()).contains("good/3.csv");
        assertThat(sandbox.lines("SELECT id FROM public.good WHERE id = 3")).containsExactly("3");
        CaravanProcess.Result check = caravan.run(StagedBy.COPY, "check");
        assertThat(check.exitCode()).isEqualTo(ExitCode.INVALID);
        assertThat(check.stdout())
                .contains("feed good: table public.good")
                .contains(
                        "own.yaml: line 1: 'route' own; this runs with all that Caravan may when run or load start, and in this check");
        for (Wrong wrong : IN_FILES) {
            assertSaid(load.stderr(), wrong.file(), wrong);
            assertSaid(check.stdout(), wrong.feed().equals("own") ? "nosuch" : wrong.file(), wrong);
        }
        for (Wrong wrong : IN_THE_WORLD) {
            assertSaid(load.stderr(), wrong.file(), wrong);
            assertSaid(check.stdout(), wrong.feed(), wrong);
        }

        CaravanProcess.Result one = caravan.run(StagedBy.COPY, "load", "--feed", "good");
        assertThat(one.exitCode()).as(one.stderr()).isEqualTo(ExitCode.DONE);
        CaravanProcess.Result bad = caravan.run(StagedBy.COPY, "load", "--feed", "typo");
        assertThat(bad.exitCode()).isEqualTo(ExitCode.INVALID);
        assertThat(bad.stderr()).contains("typo.camel.yaml").contains("'tabel'").doesNotContain("no_mode");
    }

    private static void assertSaid(String text, String start, Wrong wrong) {
        assertThat(text.lines().filter(line -> line.contains(start)).collect(joining("\n")))
                .as(text)
                .contains(wrong.reason());
    }

    /** In the log with its file, and in health. */
    private static void assertStopped(CaravanProcess run, ServicePages pages, Wrong wrong) {
        assertThat(run.stderr()
                        .lines()
                        .filter(line -> line.contains(" ERROR ") && line.contains(wrong.file()))
                        .collect(joining("\n")))
                .as(wrong + " in\n" + run.stderr())
                .contains(wrong.reason());
        JsonObject feed;
        try {
            feed = feed(pages, wrong.feed());
        } catch (Exception e) {
            throw new AssertionError(e);
        }
        assertThat(feed)
                .containsEntry("state", "stopped")
                .containsEntry("file", wrong.file())
                .containsEntry("errorCode", wrong.code());
        assertThat(feed.getString("error")).contains(wrong.reason());
    }

    private void awaitRow(String table, String id) throws Exception {
        Waiting.until(table + " has " + id, () -> lines(table).contains(id));
    }

    private List<String> lines(String table) throws SQLException {
        return sandbox.lines("SELECT id FROM public." + table);
    }

    private static JsonObject feed(ServicePages pages, String name) throws Exception {
        return health(pages).<JsonArray>getCollection("feeds").stream()
                .map(JsonObject.class::cast)
                .filter(feed -> feed.getString("feed").equals(name))
                .findFirst()
                .orElse(new JsonObject());
    }

    private static List<JsonObject> problems(ServicePages pages) throws Exception {
        return health(pages).<JsonObject>getMap("reload").<JsonArray>getCollection("problems").stream()
                .map(JsonObject.class::cast)
                .toList();
    }

    private static JsonObject health(ServicePages pages) throws IOException, InterruptedException {
        return Jsoner.deserialize(pages.get("/health").body(), new JsonObject());
    }
}
