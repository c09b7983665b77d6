package io.caravan.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.caravan.app.TestingCaravan.StagedBy;
import io.caravan.app.report.LoadReport;
import io.caravan.testing.RouteDirectory;
import io.caravan.testing.SandboxExtension;
import io.caravan.testing.TestSandbox;
import io.caravan.testing.Waiting;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Objects of a folder that belong together: they wait for their marker, and are one load and one snapshot. */
@ExtendWith(SandboxExtension.class)
class MarkerIT {

    private final TestSandbox sandbox;

    @TempDir
    private Path directory;

    private String feed;
    private RouteDirectory routes;
    private TestingCaravan caravan;

    MarkerIT(TestSandbox sandbox) {
        this.sandbox = sandbox;
    }

    @BeforeEach
    void prepare(TestInfo test) throws SQLException {
        routes = new RouteDirectory(directory);
        caravan = new TestingCaravan(sandbox, routes);
        feed = test.getTestMethod().orElseThrow().getName().toLowerCase(Locale.ROOT);
        sandbox.execute("CREATE TABLE public." + feed + " (id INTEGER NOT NULL, name VARCHAR(20))");
    }

    @Test
    void aFolderIsOneSnapshot() throws Exception {
        feed("mode", "mirror", "keys", "id", "maxDeletedRatio", "1");
        put("1/part-0.csv", "id,name\n1,a\n2,b\n");
        put("1/part-1.csv", "id,name\n3,c\n4,d\n");

        LoadReport report = load();
        assertThat(report.loads()).isEmpty();
        assertThat(report.exitCode()).isZero();
        assertThat(report.incomplete())
                .extracting(LoadReport.Incomplete::message)
                .containsExactly(
                        "feed " + feed + ": 2 objects under " + uri("1/") + " wait: there is no marker _SUCCESS yet");

        put("1/_SUCCESS", "");
        assertThat(loaded()).containsExactly("1/part-0.csv loaded 2 2 0 0 0 0", "1/part-1.csv loaded 2 2 0 0 0 0");
        assertThat(rows()).containsExactly("1 a", "2 b", "3 c", "4 d");
        assertThat(loaded()).isEmpty();

        put("2/part-0.csv", "id,name\n1,a\n2,x\n");
        put("2/part-1.csv", "id,name\n3,c\n");
        assertThat(loaded()).isEmpty();
        put("2/_SUCCESS", "");
        assertThat(loaded()).containsExactly("2/part-0.csv loaded 2 0 1 1 0 0", "2/part-1.csv loaded 1 0 0 1 0 0");
        assertThat(rows()).containsExactly("1 a", "2 x", "3 c");
    }

    @Test
    void moreObjectsWaitForTheMarkerToBeWrittenAnew() throws Exception {
        feed("mode", "mirror", "keys", "id", "maxDeletedRatio", "1");
        put("1/_SUCCESS", "");
        putLater("1/part-0.csv", "id,name\n1,a\n", "1/_SUCCESS");
        LoadReport early = load();
        assertThat(early.loads()).isEmpty();
        assertThat(early.incomplete().get(0).message())
                .endsWith("1 object under " + uri("1/") + " waits: " + uri("1/part-0.csv")
                        + " was stored after the marker _SUCCESS, which has to be written anew when all are there");

        putLater("1/_SUCCESS", "", "1/part-0.csv");
        assertThat(loaded()).containsExactly("1/part-0.csv loaded 1 1 0 0 0 0");
        putLater("1/part-1.csv", "id,name\n2,b\n", "1/_SUCCESS");
        assertThat(loaded()).isEmpty();
        putLater("1/_SUCCESS", "", "1/part-1.csv");
        assertThat(loaded()).containsExactly("1/part-0.csv loaded 1 0 0 1 0 0", "1/part-1.csv loaded 1 1 0 0 0 0");
        assertThat(rows()).containsExactly("1 a", "2 b");

        putLater("1/_SUCCESS", "", "1/_SUCCESS");
        assertThat(loaded()).as("the marker alone changes nothing").isEmpty();
        put("1/part-1.csv", "id,name\n3,c\n");
        putLater("1/_SUCCESS", "", "1/part-1.csv");
        assertThat(loaded()).hasSize(2);
        assertThat(rows()).as("a part that is written anew").containsExactly("1 a", "3 c");
    }

    @Test
    void ofSeveralFoldersOnlyTheNewestIsReadAndAnOldOneIsNot() throws Exception {
        feed(
                "mode",
                "mirror",
                "keys",
                "id",
                "maxDeletedRatio",
                "1",
                "maxObjectsPerLoad",
                "2",
                "maxBytesPerLoad",
                "1000");
        put("1/a.csv", "id,name\n1,a\n");
        put("1/_SUCCESS", "");
        putLater("2/a.csv", "id,name\n1,b\n", "1/_SUCCESS");
        put("2/b.csv", "id,name\n2,b\n");
        put("2/c.csv", "id,name\n3,b\n");
        putLater("2/_SUCCESS", "", "2/c.csv");

        assertThat(loaded())
                .containsExactly(
                        "2/a.csv loaded 1 1 0 0 0 0",
                        "2/b.csv loaded 1 1 0 0 0 0",
                        "2/c.csv loaded 1 1 0 0 0 0",
                        "1/a.csv superseded 0 0 0 0 0 0");
        assertThat(sandbox.lines("SELECT COUNT(DISTINCT load_id) FROM caravan.loads WHERE feed = '" + feed + "'"))
                .containsExactly("1");
        assertThat(rows()).containsExactly("1 b", "2 b", "3 b");

        caravan.run(StagedBy.INSERT, "objects", "rearm", "--feed", feed, "--key", feed + "/1/a.csv");
        assertThat(loaded())
                .as("the folder is older than the one that is loaded")
                .containsExactly("1/a.csv superseded 0 0 0 0 0 0");
        assertThat(rows()).containsExactly("1 b", "2 b", "3 b");
    }

    @Test
    void anObjectThatIsRejectedDeletesNothing() throws Exception {
        feed("mode", "mirror", "keys", "id", "maxDeletedRatio", "1");
        put("1/a.csv", "id,name\n1,a\n2,a\n3,a\n");
        put("1/_SUCCESS", "");
        assertThat(loaded()).hasSize(1);

        put("2/a.csv", "id,name\n1,b\n");
        put("2/b.csv", "id,other\n2,b\n");
        put("2/_SUCCESS", "");
        assertThat(loaded()).containsExactly("2/a.csv loaded 1 0 1 0 0 0", "2/b.csv rejected 0 0 0 0 0 0");
        assertThat(rows()).containsExactly("1 b", "2 a", "3 a");

        put("3/a.csv", "id,name\n1,c\n");
        put("3/b.csv", "id,name\n2,much too long a name for this\n");
        put("3/c.csv", "id,name\n4,c\n");
        put("3/_SUCCESS", "");
        assertThat(loaded()).hasSize(3);
        assertThat(rows())
                .as("the keys of an object without a good row are not kept")
                .containsExactly("1 c", "2 a", "3 a", "4 c");

        putLater("4/a.csv", "id,name\n1,d\n", "3/_SUCCESS");
        put("4/b.csv", "id,name\n2,much too long a name for this\n4,d\n");
        put("4/_SUCCESS", "");
        assertThat(loaded()).hasSize(2);
        assertThat(rows()).as("a rejected row with its keys stays").containsExactly("1 d", "2 a", "4 d");

        putLater("5/a.csv", "id,name\n1,e\n", "4/_SUCCESS");
        put("5/b.csv", "name,id,more\n");
        put("5/_SUCCESS", "");
        assertThat(loaded()).hasSize(2);
        assertThat(rows()).containsExactly("1 e", "2 a", "4 d");
    }

    @Test
    void replaceHoldsTheRowsOfAllParts() throws Exception {
        feed("mode", "replace", "maxDeletedRatio", "0.5");
        put("1/a.csv", "id,name\n1,a\n2,a\n");
        put("1/b.csv", "id,name\n3,a\n4,a\n");
        put("1/_SUCCESS", "");
        assertThat(loaded()).hasSize(2);
        put("2/a.csv", "id,name\n1,b\n");
        put("2/b.csv", "id,name\n2,b\n");
        put("2/_SUCCESS", "");
        assertThat(loaded()).hasSize(2);
        assertThat(rows()).containsExactly("1 b", "2 b");

        put("3/a.csv", "id,name\n7,c\n");
        put("3/b.csv", "no csv at all");
        put("3/_SUCCESS", "");
        assertThat(loaded()).allMatch(line -> line.contains(" rejected "));
        assertThat(rows()).as("without keys nobody knows what is lost").containsExactly("1 b", "2 b");
    }

    @Test
    void otherModesLoadAFolderAsOne() throws Exception {
        feed("keys", "id", "maxObjectsPerLoad", "1", "maxBytesPerLoad", "1");
        put("1/dt=1/a.csv", "id,name\n1,a\n");
        put("1/dt=2/a.csv", "id,name\n2,a\n");
        put("2/a.csv", "id,name\n3,a\n");
        put("2/deep/a.csv", "id,name\n4,a\n");
        put("2/deep/_SUCCESS", "");
        put("1/_SUCCESS", "");

        LoadReport report = load();
        assertThat(report.loads()).hasSize(2);
        assertThat(rows()).containsExactly("1 a", "2 a", "4 a");
        assertThat(report.incomplete()).hasSize(1);
        put("2/_SUCCESS", "");
        assertThat(loaded()).containsExactly("2/a.csv loaded 1 1 0 0 0 0");
    }

    @Test
    void aManifestSaysWhatMustBeThere() throws Exception {
        feed("marker", "manifest", "mode", "mirror", "keys", "id", "maxDeletedRatio", "1");
        put(
                "1/manifest",
                "{\"entries\": [{\"url\": \"" + uri("1/0000_part_00")
                        + "\", \"mandatory\": true, \"meta\": {\"content_length\": 12}}, {\"url\": \""
                        + uri("1/0001_part_00") + "\"}]}");
        put("1/0000_part_00", "id,name\n1,a\n");
        put("1/left_over", "id,name\n9,z\n");

        assertThat(load().incomplete().get(0).message())
                .endsWith(" wait: the marker names objects that are not there, or not in the size that it says: "
                        + uri("1/0001_part_00"));
        put("1/0001_part_00", "id,name\n2,b\n");
        LoadReport report = load();
        assertThat(rows()).containsExactly("1 a", "2 b");
        assertThat(report.incomplete().get(0).message())
                .endsWith("1 object under " + uri("1/") + " waits: the marker does not name " + uri("1/left_over"));
        put("1/0000_part_00", "id,name\n1,aaa\n");
        assertThat(loaded()).as("another size").isEmpty();
    }

    @Test
    void historyEndsWhatNoPartHas() throws Exception {
        sandbox.execute(
                "ALTER TABLE public." + feed + " ADD COLUMN valid_from TIMESTAMP",
                "ALTER TABLE public." + feed + " ADD COLUMN valid_to TIMESTAMP",
                "ALTER TABLE public." + feed + " ADD COLUMN is_current BOOLEAN");
        feed("mode", "history", "closeMissing", "true", "keys", "id", "maxDeletedRatio", "1");
        put("1/a.csv", "id,name\n1,a\n2,a\n");
        put("1/b.csv", "id,name\n3,a\n");
        put("1/_SUCCESS", "");
        assertThat(loaded()).hasSize(2);
        put("2/a.csv", "id,name\n1,a\n");
        put("2/b.csv", "id,name\n3,b\n");
        put("2/_SUCCESS", "");
        assertThat(load().loads()).hasSize(1);
        assertThat(sandbox.lines("SELECT id || ' ' || name FROM public." + feed + " WHERE is_current ORDER BY 1"))
                .containsExactly("1 a", "3 b");
    }

    @Test
    void theServiceTellsOfAFolderThatWaits() throws Exception {
        feed("keys", "id", "pollDelay", "200");
        put("1/a.csv", "id,name\n1,a\n");
        try (TestingService service = caravan.serve(StagedBy.INSERT)) {
            Waiting.until("it is in the status", () -> service.status(feed).incomplete().stream()
                    .anyMatch(folder -> folder.reason().equals("there is no marker _SUCCESS yet")));
            put("1/_SUCCESS", "");
            Waiting.until("the folder is loaded", () -> rows().equals(List.of("1 a")));
            Waiting.until(
                    "it waits no more", () -> service.status(feed).incomplete().isEmpty());
        }
    }

    private void feed(String... parameters) {
        routes.feed(
                feed,
                Stream.concat(
                                Stream.of(
                                        "bucket",
                                        sandbox.bucket(),
                                        "prefix",
                                        feed + "/",
                                        "table",
                                        "public." + feed,
                                        "marker",
                                        "_SUCCESS"),
                                Stream.of(parameters))
                        .toArray(String[]::new));
    }

    private LoadReport load() {
        LoadReport report = caravan.report(StagedBy.INSERT, feed);
        assertThat(report.failures()).isEmpty();
        return report;
    }

    private List<String> loaded() {
        return caravan.load(StagedBy.INSERT, feed).stream()
                .map(line -> line.substring(feed.length() + 1))
                .toList();
    }

    private void put(String key, String content) {
        sandbox.put(feed + "/" + key, content);
    }

    /** Puts an object in a later second than another one. */
    private void putLater(String key, String content, String other) throws Exception {
        Instant before = stored(other);
        Waiting.until("a later second", () -> {
            put(key, content);
            return stored(key).isAfter(before);
        });
    }

    private Instant stored(String key) {
        return sandbox.s3()
                .headObject(head -> head.bucket(sandbox.bucket()).key(feed + "/" + key))
                .lastModified();
    }

    private String uri(String key) {
        return "s3://" + sandbox.bucket() + "/" + feed + "/" + key;
    }

    private List<String> rows() throws SQLException {
        return sandbox.lines("SELECT id || ' ' || name FROM public." + feed + " ORDER BY id");
    }
}
