package io.caravan.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.caravan.testing.CaravanProcess;
import io.caravan.testing.RouteDirectory;
import io.caravan.testing.S3Messages;
import io.caravan.testing.SandboxExtension;
import io.caravan.testing.TestSandbox;
import io.caravan.testing.TestingQueues;
import io.caravan.testing.Waiting;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A feed with a queue: what it is told of loads soon, what it is not told of loads too, and nothing loads twice. */
@ExtendWith(SandboxExtension.class)
class NotificationsIT {

    /** No listing comes by itself while a test lasts. */
    private static final String NEVER = "3600000";

    private static TestingQueues queues;

    @TempDir
    private Path directory;

    private final TestSandbox sandbox;
    private RouteDirectory routes;
    private String name;
    private String queue;
    private Map<String, String> environment;

    NotificationsIT(TestSandbox sandbox) {
        this.sandbox = sandbox;
    }

    @BeforeAll
    static void startQueues() {
        queues = new TestingQueues();
    }

    @AfterAll
    static void stopQueues() {
        queues.close();
    }

    @BeforeEach
    void prepare(TestInfo test) throws SQLException {
        name = test.getTestMethod().orElseThrow().getName().toLowerCase(Locale.ROOT);
        queue = queues.create(name);
        sandbox.execute("CREATE TABLE public." + name + " (id INTEGER NOT NULL)");
        routes = new RouteDirectory(directory.resolve("routes"));
        environment = new HashMap<>(sandbox.environment());
        environment.putAll(queues.environment());
        environment.put("CARAVAN_ROUTES_DIRECTORY", routes.path().toString());
    }

    @Test
    void whatItIsToldOfLoadsSoon() throws Exception {
        feed(queue, NEVER);
        put("before", 1);
        try (CaravanProcess process = serve()) {
            until("the objects of before are loaded", "1");

            queues.send(queue, "hello");
            queues.send(queue, "{\"Service\":\"Amazon S3\",\"Event\":\"s3:TestEvent\",\"Bucket\":\"b\"}");
            queues.send(queue, S3Messages.direct("another-bucket", key("direct +1")));
            put("direct +1", 2);
            queues.send(queue, S3Messages.direct(sandbox.bucket(), key("direct +1")));
            Duration direct = until("one is loaded that S3 told of", "1", "2");
            put("sns", 3);
            queues.send(queue, S3Messages.throughSns(sandbox.bucket(), key("sns")));
            Duration sns = until("one is loaded that SNS told of", "1", "2", "3");
            put("ä bridge+%41", 4);
            queues.send(queue, S3Messages.throughEventBridge(sandbox.bucket(), key("ä bridge+%41")));
            Duration bridge = until("one is loaded that EventBridge told of", "1", "2", "3", "4");

            System.out.println("From message to commit: " + direct + ", " + sns + ", " + bridge);
            Waiting.until("all messages are acknowledged", () -> queues.size(queue) == 0);
            assertThat(process.stderr())
                    .containsOnlyOnce(
                            "dropped 1 messages that are no events of S3, and 1 events of objects that are not"
                                    + " under s3://" + sandbox.bucket() + "/" + name + "/")
                    .doesNotContain("hello", "ERROR");
        }
    }

    @Test
    void whatItIsToldOfTwiceLoadsOnce() throws Exception {
        feed("arn:aws:sqs:" + sandbox.sandbox().region() + ":000000000000:" + name, NEVER);
        try (CaravanProcess process = serve()) {
            put("a", 1);
            for (int i = 0; i < 50; i++) {
                queues.send(queue, S3Messages.direct(sandbox.bucket(), key("a")));
            }
            until("it is loaded", "1");
            Waiting.until("all messages are acknowledged", () -> queues.size(queue) == 0);
            queues.send(queue, S3Messages.throughSns(sandbox.bucket(), key("a")));
            put("b", 2);
            queues.send(queue, S3Messages.direct(sandbox.bucket(), key("b")));
            until("another is loaded", "1", "2");
            assertThat(loadedObjects()).isEqualTo("2");
            assertThat(process.isAlive()).isTrue();
        }
    }

    @Test
    void whatItIsNotToldOfLoadsToo() throws Exception {
        feed(name, "2000");
        try (CaravanProcess process = serve()) {
            put("a", 1);
            until("the one before is loaded", "1");
            put("lost", 2);
            until("what nobody told of is loaded", "1", "2");
            assertThat(process.stderr()).doesNotContain("WARN", "ERROR");
        }
    }

    /** Programs that write a folder leave notes beside its objects, and S3 tells of these too. */
    @Test
    void aFolderLoadsWhenItsMarkerIsToldAndNotesBesideItDoNot() throws Exception {
        routes.ownFeed(
                name,
                sandbox.bucket(),
                "id",
                "queue",
                queue,
                "reconcileEvery",
                NEVER,
                "pollDelay",
                "500",
                "mode",
                "mirror",
                "maxDeletedRatio",
                "1",
                "marker",
                "_SUCCESS",
                "exclude",
                "*.bak, old/**");
        put("before/a", 0);
        sandbox.put(name + "/before/_SUCCESS", "");
        try (CaravanProcess process = serve()) {
            until("the folder of before is loaded", "0");

            List<String> notes = List.of(
                    "1/_started_1",
                    "1/_temporary/0/part.csv",
                    "1/.part-0.csv.crc",
                    "1/part-0.csv.crc",
                    "1_$folder$",
                    "1/a.metadata",
                    "1/manifest",
                    "1/a.csv.bak",
                    "old/deep/a.csv");
            for (String note : notes) {
                sandbox.put(name + "/" + note, "id\n99\n");
                queues.send(queue, S3Messages.direct(sandbox.bucket(), name + "/" + note));
            }
            put("1/part-0", 1);
            put("1/part-1", 2);
            queues.send(queue, S3Messages.direct(sandbox.bucket(), key("1/part-0")));
            queues.send(queue, S3Messages.throughSns(sandbox.bucket(), key("1/part-1")));
            Waiting.until("all of them are acknowledged", () -> queues.size(queue) == 0);
            assertThat(ids()).containsExactly("0");
            // The marker's own event is enough.
            sandbox.put(name + "/1/_SUCCESS", "");
            queues.send(queue, S3Messages.throughEventBridge(sandbox.bucket(), name + "/1/_SUCCESS"));
            until("the folder is loaded", "1", "2");

            // One that S3 tells of before its objects are told of.
            put("2/part-0", 3);
            sandbox.put(name + "/2/_SUCCESS", "");
            queues.send(queue, S3Messages.direct(sandbox.bucket(), name + "/2/_SUCCESS"));
            until("the next folder is loaded", "3");
            queues.send(queue, S3Messages.direct(sandbox.bucket(), key("2/part-0")));
            Waiting.until("the late event is acknowledged", () -> queues.size(queue) == 0);

            assertThat(sandbox.lines("SELECT object_key, outcome FROM caravan.objects WHERE feed = '" + name
                            + "' ORDER BY position"))
                    .containsExactly(
                            key("before/a") + " loaded",
                            key("1/part-0") + " loaded",
                            key("1/part-1") + " loaded",
                            key("2/part-0") + " loaded");
            assertThat(sandbox.lines("SELECT objects FROM caravan.loads WHERE feed = '" + name + "' ORDER BY load_id"))
                    .containsExactly("1", "2", "1");
            assertThat(process.stderr()).doesNotContain("ERROR");
        }
    }

    @Test
    void aQueueThatGoesAndComesBack() throws Exception {
        feed(queue, NEVER);
        try (CaravanProcess process = serve()) {
            put("a", 1);
            queues.send(queue, S3Messages.direct(sandbox.bucket(), key("a")));
            until("the feed is at work", "1");

            queues.delete(queue);
            put("b", 2);
            until("it loads without its queue", "1", "2");
            assertThat(process.stderr()).containsOnlyOnce("(QUEUE_NOT_FOUND)");

            queues.create(name);
            Waiting.until("the queue is found again", () -> process.stderr().contains("gets notifications again"));
            put("c", 3);
            queues.send(queue, S3Messages.direct(sandbox.bucket(), key("c")));
            until("it loads what it is told of", "1", "2", "3");
        }
    }

    @Test
    void itDoesNotWaitForTheQueueToStop() throws Exception {
        feed(queue, NEVER);
        put("a", 1);
        try (CaravanProcess process = serve()) {
            until("the feed is at work", "1");
            // The next receive waits for 20 seconds.
            queues.send(queue, "{\"Records\":[]}");
            Waiting.until("it reads the queue", () -> queues.size(queue) == 0);

            Instant told = Instant.now();
            process.terminate();
            process.exitCode();
            assertThat(Duration.between(told, Instant.now())).isLessThan(Duration.ofSeconds(15));
            assertThat(process.stderr()).doesNotContain("ERROR", "Exception");
        }
    }

    @Test
    void aQueueThatDoesNotExistStopsItsFeed() throws Exception {
        feed(queue + "-not", NEVER);

        CaravanProcess.Result check = CaravanProcess.run(directory, environment, "check");
        assertThat(check.exitCode()).isEqualTo(2);
        assertThat(check.stdout()).contains("the queue " + queue + "-not: it does not exist");

        try (CaravanProcess run = serve()) {
            Waiting.until("the feed is stopped", () -> run.stderr()
                    .contains("the queue " + queue + "-not: it does not exist"));
        }
    }

    @Test
    void aPassNeedsNoQueue() throws Exception {
        feed(queue + "-not", NEVER);
        put("a", 1);

        assertThat(CaravanProcess.run(directory, environment, "load").exitCode())
                .isZero();
        assertThat(loadedObjects()).isEqualTo("1");
    }

    private void feed(String queueName, String reconcileEvery) {
        routes.ownFeed(
                name, sandbox.bucket(), "id", "queue", queueName, "reconcileEvery", reconcileEvery, "pollDelay", "500");
    }

    private CaravanProcess serve() {
        return CaravanProcess.start(directory, environment, "run");
    }

    private String key(String object) {
        return name + "/" + object + ".csv";
    }

    private void put(String object, int id) {
        sandbox.put(key(object), "id\n" + id + "\n");
    }

    private Duration until(String what, String... ids) throws Exception {
        Instant started = Instant.now();
        Waiting.until(what, () -> ids().equals(List.of(ids)));
        return Duration.between(started, Instant.now());
    }

    private List<String> ids() throws SQLException {
        return sandbox.query("SELECT id FROM public." + name + " ORDER BY id").stream()
                .map(row -> row.get(0))
                .toList();
    }

    private String loadedObjects() throws SQLException {
        return String.valueOf(sandbox.query("SELECT count(*) FROM caravan.objects WHERE target = 'public." + name + "'")
                .get(0)
                .get(0));
    }
}
