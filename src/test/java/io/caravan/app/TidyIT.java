package io.caravan.app;

import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toCollection;
import static org.assertj.core.api.Assertions.assertThat;

import io.caravan.app.TestingCaravan.StagedBy;
import io.caravan.app.report.ExitCode;
import io.caravan.app.report.LoadReport;
import io.caravan.testing.CaravanProcess;
import io.caravan.testing.RouteDirectory;
import io.caravan.testing.SandboxExtension;
import io.caravan.testing.TestSandbox;
import io.caravan.testing.TestingGateway;
import io.caravan.testing.Waiting;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.s3.model.S3Object;

/** Objects that are tagged, moved and deleted when their load has committed. */
@ExtendWith(SandboxExtension.class)
class TidyIT {

    private static final String GOOD = "id,name\n1,Ada\n";
    private static final String HALF = "id,name\n2,Bo\nx,Cy\n";
    private static final String BAD = "id,nickname\n3,Di\n";

    @TempDir
    private Path directory;

    private final TestSandbox sandbox;
    private RouteDirectory routes;
    private TestingCaravan caravan;

    TidyIT(TestSandbox sandbox) {
        this.sandbox = sandbox;
    }

    @BeforeEach
    void prepare() {
        routes = new RouteDirectory(directory.resolve("routes"));
        caravan = new TestingCaravan(sandbox, routes);
    }

    @Test
    void objectsAreTidiedByWhatBecameOfThem() throws SQLException {
        feed("tidy_moved", "onLoaded", "move=done/", "onRejected", "move=_bad/2026/");
        feed("tidy_deleted", "onLoaded", "delete");
        feed("tidy_tagged", "onLoaded", "tag", "onRejected", "tag=state=not good");
        feed("tidy_kept");

        CaravanProcess.Result load = caravan.run(StagedBy.COPY, Map.of(), "load");

        assertThat(load.exitCode()).as(load.toString()).isEqualTo(ExitCode.REJECTED);
        Map<String, String> expected = new TreeMap<>(Map.of(
                "done/tidy_moved/good.csv", "",
                "done/tidy_moved/half.csv", "",
                "_bad/2026/tidy_moved/bad.csv", "",
                "tidy_deleted/bad.csv", "",
                "tidy_tagged/good.csv", "caravan=loaded",
                "tidy_tagged/half.csv", "caravan=loaded",
                "tidy_tagged/bad.csv", "state=not good",
                "tidy_kept/good.csv", "",
                "tidy_kept/half.csv", "",
                "tidy_kept/bad.csv", ""));
        assertThat(objects("tidy_")).isEqualTo(expected);
        for (String feed : List.of("tidy_moved", "tidy_deleted", "tidy_tagged", "tidy_kept")) {
            assertThat(sandbox.lines("SELECT id FROM public." + feed + " ORDER BY id"))
                    .containsExactly("1", "2");
        }
        assertThat(sandbox.lines("SELECT feed FROM caravan.untidied_loads WHERE feed LIKE 'tidy%'"))
                .isEmpty();
        assertThat(caravan.run(StagedBy.COPY, Map.of(), "load").stdout())
                .contains(
                        "Feed tidy_moved: no object under",
                        "Feed tidy_tagged: 3 objects, all loaded before or rejected");
        assertThat(objects("tidy_")).isEqualTo(expected);

        // A newer object under the key of a moved one is a new object, and takes nobody's place.
        sandbox.put("tidy_moved/good.csv", "id,name\n1,Eve\n");
        assertThat(caravan.run(StagedBy.INSERT, Map.of(), "load").exitCode()).isEqualTo(ExitCode.DONE);
        assertThat(sandbox.lines("SELECT name FROM public.tidy_moved WHERE id = 1"))
                .containsExactly("Eve");
        assertThat(keys("done/tidy_moved/good.csv")).hasSize(2);
    }

    @Test
    void whatS3RefusesIsNoFailureOfTheLoadAndIsDoneLater() throws Exception {
        feed("refused_once", "onLoaded", "move=done/", "pollDelay", "200");
        try (TestingGateway gateway = new TestingGateway(sandbox.sandbox().s3Endpoint())) {
            gateway.refuseWriting("DELETE", sandbox.bucket(), "403 Forbidden", "AccessDenied");
            caravan.useS3At(gateway.endpoint());
            LoadReport report = caravan.report(StagedBy.INSERT, "refused_once");
            assertThat(report.failures()).isEmpty();
            assertThat(keys("refused_once/"))
                    .containsExactly(
                            "done/refused_once/good.csv",
                            "done/refused_once/half.csv",
                            "refused_once/bad.csv",
                            "refused_once/good.csv",
                            "refused_once/half.csv");
            assertThat(untidied("refused_once")).isEqualTo("1");

            gateway.pass();
            try (TestingService service = caravan.serve(StagedBy.INSERT)) {
                Waiting.until("the rest is done", () -> untidied("refused_once").equals("0"));
                // Also what the service itself loads.
                sandbox.put("refused_once/more.csv", "id,name\n9,Zoe\n");
                Waiting.until("the object is moved", () -> keys("refused_once/more.csv")
                        .equals(Set.of("done/refused_once/more.csv")));
                assertThat(service.events()).containsExactly("loaded 1");
            }
        } finally {
            caravan.useSandbox();
        }
        assertThat(keys("refused_once/"))
                .containsExactly(
                        "done/refused_once/good.csv",
                        "done/refused_once/half.csv",
                        "done/refused_once/more.csv",
                        "refused_once/bad.csv");
    }

    private String untidied(String feed) throws SQLException {
        return sandbox.lines("SELECT COUNT(*) FROM caravan.untidied_loads WHERE feed = '" + feed + "'")
                .get(0);
    }

    /** As a process leaves it that ends right after the commit, before somebody renames the feed. */
    @Test
    void whatTheOldNameHasLeftIsDoneUnderTheNewOne() throws SQLException {
        feed("called_before");
        assertThat(caravan.run(StagedBy.INSERT, Map.of(), "load").exitCode()).isEqualTo(ExitCode.REJECTED);
        sandbox.execute("INSERT INTO caravan.untidied_loads (load_id, feed, recorded_at) SELECT load_id, feed, ended_at"
                + " FROM caravan.loads WHERE feed = 'called_before'");
        RouteDirectory renamed = new RouteDirectory(directory.resolve("renamed"));
        renamed.feed(
                "called_now",
                "bucket",
                sandbox.bucket(),
                "prefix",
                "called_before/",
                "table",
                "public.called_before",
                "keys",
                "id",
                "onLoaded",
                "move=done/");

        assertThat(new TestingCaravan(sandbox, renamed)
                        .run(StagedBy.INSERT, Map.of(), "load")
                        .exitCode())
                .isEqualTo(ExitCode.DONE);

        assertThat(keys("called_before/"))
                .containsExactly("called_before/bad.csv", "done/called_before/good.csv", "done/called_before/half.csv");
        assertThat(untidied("called_before")).isEqualTo("0");
    }

    /** As a process leaves it that ends right after the commit. */
    @Test
    void whatWasRearmedSinceStaysToBeLoadedAgain() throws SQLException {
        feed("rearmed_later");
        assertThat(caravan.run(StagedBy.INSERT, Map.of(), "load").exitCode()).isEqualTo(ExitCode.REJECTED);
        sandbox.execute("INSERT INTO caravan.untidied_loads (load_id, feed, recorded_at) SELECT load_id, feed, ended_at"
                + " FROM caravan.loads WHERE feed = 'rearmed_later'");
        assertThat(caravan.run(
                                StagedBy.INSERT,
                                Map.of(),
                                "objects",
                                "rearm",
                                "--feed",
                                "rearmed_later",
                                "--key",
                                "rearmed_later/bad.csv")
                        .exitCode())
                .isEqualTo(ExitCode.DONE);
        routes.ownFeed(
                "rearmed_later",
                sandbox.bucket(),
                "id",
                "onLoaded",
                "delete",
                "onRejected",
                "delete",
                "since",
                "2999-01-01");

        assertThat(caravan.run(StagedBy.INSERT, Map.of(), "load").exitCode()).isEqualTo(ExitCode.DONE);

        assertThat(keys("rearmed_later/")).containsExactly("rearmed_later/bad.csv");
        assertThat(sandbox.lines("SELECT COUNT(*) FROM caravan.untidied_loads WHERE feed = 'rearmed_later'"))
                .containsExactly("0");
    }

    @Test
    void noObjectIsMovedToWhereAFeedWouldTakeIt() {
        bucketFeed("own", "in/", "move=in/done/");
        bucketFeed("whole", "", "move=done/");
        bucketFeed("mover", "from/", "move=to/");
        bucketFeed("taker", "to/from/sub/", "keep");
        bucketFeed("other", "too/from/", "keep");
        bucketFeed("named", "named", "move=named_done/");
        String refused =
                caravan.run(StagedBy.INSERT, Map.of(), "check", "--offline").stdout();
        assertThat(refused.lines().filter(line -> line.contains(" invalid ")).collect(joining("\n")))
                .contains("feed own would move objects into its own folder 'in/done/'")
                .contains("feed whole would move objects into its own folder 'done/'")
                .contains("feed taker and feed mover in mover.camel.yaml: one would move objects to 'to/'")
                .contains("feed named would move objects into its own folder 'named_done/'")
                .hasLineCount(5);

        bucketFeed("own", "in/", "move=_done/");
        bucketFeed("whole", "", "move=_done/", "exclude", "to/**, named_done/**");
        bucketFeed("taker", "to/sub/", "keep");
        bucketFeed("named", "named/", "move=named_done/");
        CaravanProcess.Result check = caravan.run(StagedBy.INSERT, Map.of(), "check", "--offline");
        assertThat(check.exitCode()).as(check.toString()).isEqualTo(ExitCode.DONE);
    }

    private void bucketFeed(String name, String prefix, String onLoaded, String... more) {
        String[] own = {
            "bucket", "shared", "prefix", prefix, "table", "public." + name, "keys", "id", "onLoaded", onLoaded
        };
        routes.feed(name, Stream.of(own, more).flatMap(Stream::of).toArray(String[]::new));
    }

    private void feed(String name, String... parameters) throws SQLException {
        sandbox.execute("CREATE TABLE public." + name + " (id INTEGER NOT NULL, name VARCHAR(9))");
        routes.ownFeed(name, sandbox.bucket(), "id", parameters);
        sandbox.put(name + "/good.csv", GOOD);
        sandbox.put(name + "/half.csv", HALF);
        sandbox.put(name + "/bad.csv", BAD);
    }

    /** Returns the keys that hold a text, each with the tags of its object. */
    private Set<String> keys(String part) {
        return sandbox.s3().listObjectsV2(list -> list.bucket(sandbox.bucket())).contents().stream()
                .map(S3Object::key)
                .filter(key -> key.contains(part))
                .collect(toCollection(TreeSet::new));
    }

    /** Also tells their tags; nobody may take them away meanwhile. */
    private Map<String, String> objects(String part) {
        Map<String, String> objects = new TreeMap<>();
        sandbox.s3().listObjectsV2(list -> list.bucket(sandbox.bucket())).contents().stream()
                .filter(object -> object.key().contains(part))
                .forEach(object -> objects.put(
                        object.key(),
                        sandbox
                                .s3()
                                .getObjectTagging(
                                        get -> get.bucket(sandbox.bucket()).key(object.key()))
                                .tagSet()
                                .stream()
                                .map(tag -> tag.key() + "=" + tag.value())
                                .collect(joining(","))));
        return objects;
    }
}
