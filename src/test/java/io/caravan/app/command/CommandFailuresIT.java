package io.caravan.app.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.caravan.app.TestingCaravan;
import io.caravan.app.TestingCaravan.StagedBy;
import io.caravan.app.TestingService;
import io.caravan.app.report.ExitCode;
import io.caravan.app.report.LoadReport;
import io.caravan.sandbox.fault.Fault;
import io.caravan.sandbox.fault.Fault.Kind;
import io.caravan.testing.CaravanProcess;
import io.caravan.testing.RouteDirectory;
import io.caravan.testing.SandboxExtension;
import io.caravan.testing.TestSandbox;
import io.caravan.testing.TestingGateway;
import io.caravan.testing.Waiting;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the service does when Redshift or S3 fails. */
@ExtendWith(SandboxExtension.class)
class CommandFailuresIT {

    private final TestSandbox sandbox;
    private final String password;

    @TempDir
    private Path directory;

    private RouteDirectory routes;
    private TestingCaravan caravan;

    CommandFailuresIT(TestSandbox sandbox) {
        this.sandbox = sandbox;
        this.password = sandbox.sandbox().password();
    }

    @BeforeEach
    void start() {
        routes = new RouteDirectory(directory.resolve("routes"));
        caravan = new TestingCaravan(sandbox, routes);
    }

    @AfterEach
    void countsAddUpAndNoDataFileStays() throws SQLException {
        caravan.useSandbox();
        sandbox.sandbox().changePassword(password);
        assertThat(caravan.countsThatDoNotAddUp()).isEmpty();
        assertThat(caravan.dataFilesLeft()).isEmpty();
    }

    /** Every switch of the stand-in, at statements of every part of a load; and what the service says about it. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    SERIALIZABLE_VIOLATION | MERGE INTO                 | try 1 of 5: WAREHOUSE_CONFLICT
                    SERIALIZABLE_VIOLATION | INSERT INTO caravan.loads  | try 1 of 5: WAREHOUSE_CONFLICT
                    SERIALIZABLE_VIOLATION | COMMIT                     | try 1 of 5: WAREHOUSE_CONFLICT
                    DEADLOCK               | LOCK TABLE                 | try 1 of 5: WAREHOUSE_CONFLICT
                    DEADLOCK               | MERGE INTO                 | try 1 of 5: WAREHOUSE_CONFLICT
                    CONFLICT               | MERGE INTO                 | try 1 of 5: WAREHOUSE_CONFLICT
                    CONFLICT               | CREATE TEMP TABLE          | try 1 of 5: WAREHOUSE_CONFLICT
                    RESIZE                 | COPY                       | try 1 of 5: WAREHOUSE_BUSY
                    RESIZE                 | MERGE INTO                 | try 1 of 5: WAREHOUSE_BUSY
                    CANCELLED              | COPY                       | try 1 of 5: WAREHOUSE_CANCELLED
                    CANCELLED              | MERGE INTO                 | try 1 of 5: WAREHOUSE_CANCELLED
                    TERMINATED             | COPY                       | try 1 of 5: WAREHOUSE_UNREACHABLE
                    TERMINATED             | INSERT INTO caravan.loads  | try 1 of 5: WAREHOUSE_UNREACHABLE
                    TERMINATED             | pg_attrdef                 | try 1 of 5: WAREHOUSE_UNREACHABLE
                    DISK_FULL              | COPY                       | try 1 of 5: WAREHOUSE_DISK_FULL
                    DISK_FULL              | MERGE INTO                 | try 1 of 5: WAREHOUSE_DISK_FULL
                    DROP_IN_COPY           | caravan_rows               | try 1 of 5: WAREHOUSE_UNREACHABLE
                    DROP_BEFORE_COMMIT     | CREATE TEMP TABLE          | try 1 of 5: WAREHOUSE_UNREACHABLE
                    DROP_BEFORE_COMMIT     | MERGE INTO                 | try 1 of 5: COMMIT_LOST
                    DROP_AFTER_COMMIT      | MERGE INTO                 |
                    """)
    void aLoadThatRedshiftFailsIsDoneOnceInTheEnd(Kind kind, String matching, String told) throws Exception {
        // A name that no fault takes for a statement of its own.
        String feed = feed((kind + matching).toLowerCase(Locale.ROOT).replaceAll("[aeiou]|[^a-z]", ""));
        try (TestingService service = caravan.serve(StagedBy.COPY)) {
            sandbox.put(feed + "/1.csv", "id,name\n1,old\n2,old\n");
            // A load commits once more after its commit, to read the ledger.
            Waiting.until("the first load is told of", () -> service.events().contains("loaded 1"));
            sandbox.failNext(Fault.of(kind, matching));
            sandbox.put(feed + "/2.csv", "id,name\n2,new\n3,new\nx,bad\n");
            until(service, "the second object is loaded", "SELECT COUNT(*) FROM public." + feed, "3");
            Waiting.until(
                    "the load is told of",
                    () -> service.events().stream().filter("loaded 1"::equals).count() == 2);

            assertThat(service.events())
                    .containsExactlyElementsOf(Stream.of("loaded 1", told, "loaded 1")
                            .filter(event -> event != null)
                            .toList());
        }
        assertThat(caravan.lines("SELECT id, name FROM public." + feed + " ORDER BY id"))
                .containsExactly("1 old", "2 new", "3 new");
        assertThat(caravan.ledger(feed))
                .containsExactly(feed + "/1.csv loaded 2 2 0 0 0 0 null", feed + "/2.csv loaded 3 1 1 0 0 1 null");
        assertThat(caravan.loads(feed)).containsExactly("loaded 1 2 2 0 0 0 0 null", "loaded 1 3 1 1 0 0 1 null");
        assertThat(caravan.lines("SELECT COUNT(*) FROM caravan.dead_letters WHERE feed = '" + feed + "'"))
                .containsExactly("1");
    }

    @Test
    void aFailureThatStaysIsRecordedOnceAndTriedForEver() throws Exception {
        String feed = feed("stays", "maxTries", "3");
        for (int i = 0; i < 6; i++) {
            sandbox.failNext(Fault.of(Kind.DISK_FULL, "INSERT INTO \"public\""));
        }
        sandbox.put(feed + "/1.csv", "id,name\n1,a\n");
        try (TestingService service = caravan.serve(StagedBy.INSERT)) {
            Waiting.until("the feed fails", () -> service.status(feed).isFailing());
            sandbox.put(feed + "/2.csv", "id,name\n1,b\n");
            Waiting.until("the feed has recovered", () -> service.events().contains("recovered"));

            assertThat(service.events())
                    .containsExactly(
                            "try 1 of 3: WAREHOUSE_DISK_FULL",
                            "try 2 of 3: WAREHOUSE_DISK_FULL",
                            "failing: WAREHOUSE_DISK_FULL",
                            "still failing: WAREHOUSE_DISK_FULL",
                            "still failing: WAREHOUSE_DISK_FULL",
                            "still failing: WAREHOUSE_DISK_FULL",
                            "loaded 2",
                            "recovered");
            assertThat(service.status(feed).isFailing()).isFalse();
        }
        assertThat(caravan.loads(feed))
                .containsExactly("failed 0 0 0 0 0 0 0 WAREHOUSE_DISK_FULL", "loaded 2 2 1 0 0 1 0 null");
        assertThat(caravan.lines("SELECT id, name FROM public." + feed)).containsExactly("1 b");
    }

    @Test
    void aFeedWithoutItsTargetIsStoppedUntilTheTargetIsThereAgain() throws Exception {
        String dropped = feed("dropped");
        String other = feed("other");
        try (TestingService service = caravan.serve(StagedBy.INSERT)) {
            sandbox.execute("DROP TABLE public." + dropped);
            sandbox.put(dropped + "/1.csv", "id,name\n1,a\n");
            Waiting.until("the feed is stopped", () -> service.status(dropped).isStopped());
            sandbox.put(other + "/1.csv", "id,name\n1,a\n");
            until(service, "the other feed loads", "SELECT COUNT(*) FROM public." + other, "1");
            assertThat(service.events().get(0)).isEqualTo("failing: TARGET_NOT_FOUND");
            assertThat(service.events()).noneMatch(event -> event.startsWith("try"));

            sandbox.execute("CREATE TABLE public." + dropped + " (id INTEGER NOT NULL, name VARCHAR(20))");
            until(service, "the feed loads again", "SELECT COUNT(*) FROM public." + dropped, "1");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "403 Forbidden, AccessDenied, OBJECT_DENIED",
        "403 Forbidden, InvalidObjectState, OBJECT_ARCHIVED",
        "404 Not Found, NoSuchKey, OBJECT_GONE",
        "500 Internal Server Error, InternalError, OBJECT_READ_FAILED"
    })
    void anObjectThatCannotBeReadIsSetAsideUntilItCan(String status, String code, String told) throws Exception {
        String feed = feed("unread_" + code.toLowerCase(Locale.ROOT), "maxTries", "2");
        try (TestingGateway gateway = new TestingGateway(sandbox.sandbox().s3Endpoint())) {
            caravan.useS3At(gateway.endpoint());
            gateway.refuse(sandbox.bucket(), feed + "/2.csv", status, code);
            for (int i = 0; i < 5; i++) {
                sandbox.put(feed + "/" + i + ".csv", "id,name\n" + i + ",a\n");
            }
            try (TestingService service = caravan.serve(StagedBy.COPY)) {
                until(service, "the others are loaded", "SELECT COUNT(*) FROM public." + feed, "4");
                Waiting.until("the object is set aside", () -> service.status(feed).setAside().stream()
                        .map(aside -> aside.object().key() + " " + aside.errorCode())
                        .toList()
                        .equals(List.of(feed + "/2.csv " + told)));
                assertThat(service.status(feed).isFailing()).isFalse();

                sandbox.put(feed + "/new.csv", "id,name\n9,a\n");
                until(service, "a new object is loaded", "SELECT COUNT(*) FROM public." + feed, "5");
                Waiting.until("the object is tried again", () -> service.events()
                        .contains("still aside: " + feed + "/2.csv " + told));

                gateway.pass();
                until(service, "the object is loaded", "SELECT COUNT(*) FROM public." + feed, "6");
                Waiting.until(
                        "the object is forgotten",
                        () -> service.status(feed).setAside().isEmpty());
            }
        }
        assertThat(caravan.ledger(feed).stream().filter(line -> !line.contains("/2.csv")))
                .allMatch(line -> line.endsWith(" loaded 1 1 0 0 0 0 null"))
                .extracting(line -> line.replaceAll(".*/|\\.csv.*", ""))
                .containsExactly("0", "1", "3", "4", "new");
        assertThat(caravan.ledger(feed).stream().filter(line -> line.contains("/2.csv")))
                .containsExactly(feed + "/2.csv failed 0 0 0 0 0 0 " + told, feed + "/2.csv loaded 1 1 0 0 0 0 null");
    }

    @Test
    void aBucketThatMayNotBeListedStopsTheFeedUntilItMay() throws Exception {
        String feed = feed("unlisted");
        try (TestingGateway gateway = new TestingGateway(sandbox.sandbox().s3Endpoint())) {
            caravan.useS3At(gateway.endpoint());
            try (TestingService service = caravan.serve(StagedBy.INSERT)) {
                gateway.refuseListing(sandbox.bucket(), "403 Forbidden", "AccessDenied");
                Waiting.until("the feed is stopped", () -> service.status(feed).isStopped());
                assertThat(service.events()).first().isEqualTo("failing: OBJECT_STORE_DENIED");

                gateway.pass();
                Waiting.until("the feed has recovered", () -> service.events().contains("recovered"));
            }
        }
    }

    @Test
    void onePassTriesAnObjectSetAsideOnceAndFails() throws Exception {
        String feed = feed("once");
        try (TestingGateway gateway = new TestingGateway(sandbox.sandbox().s3Endpoint())) {
            caravan.useS3At(gateway.endpoint());
            gateway.refuse(sandbox.bucket(), feed + "/a.csv", "403 Forbidden", "AccessDenied");
            sandbox.put(feed + "/a.csv", "id,name\n1,a\n");
            sandbox.put(feed + "/b.csv", "id,name\n2,b\n");
            for (int run = 1; run <= 3; run++) {
                LoadReport report = caravan.report(StagedBy.INSERT, feed);

                assertThat(report.exitCode()).isEqualTo(ExitCode.FAILED);
                assertThat(report.failures()).singleElement().satisfies(failure -> assertThat(failure.message())
                        .startsWith("feed once: s3://" + sandbox.bucket() + "/once/a.csv is set aside, the others load"
                                + " without it: OBJECT_DENIED: cannot read s3://"));
                assertThat(gateway.refused(sandbox.bucket(), feed + "/a.csv")).isEqualTo(run);
            }
            assertThat(caravan.ledger(feed))
                    .containsExactly(
                            "once/b.csv loaded 1 1 0 0 0 0 null", "once/a.csv failed 0 0 0 0 0 0 OBJECT_DENIED");

            gateway.pass();
            assertThat(caravan.report(StagedBy.INSERT, feed).exitCode()).isEqualTo(ExitCode.DONE);
        }
        assertThat(caravan.lines("SELECT COUNT(*) FROM public." + feed)).containsExactly("2");
    }

    @ParameterizedTest
    @ValueSource(strings = {"LOCK TABLE", "INSERT INTO caravan.loads"})
    void onePassTriesALoadAgain(String matching) throws Exception {
        String feed = feed("again_" + matching.replaceAll("[^A-Z]", "").toLowerCase(Locale.ROOT));
        sandbox.put(feed + "/a.csv", "id,name\n1,a\n");
        sandbox.failNext(Fault.of(Kind.SERIALIZABLE_VIOLATION, matching));

        assertThat(caravan.load(StagedBy.INSERT, feed)).containsExactly(feed + "/a.csv loaded 1 1 0 0 0 0");
        assertThat(caravan.loads(feed)).containsExactly("loaded 1 1 1 0 0 0 0 null");
    }

    @Test
    void aRotatedPasswordAndCutConnectionsGoUnnoticed() throws Exception {
        String feed = feed("rotated");
        Path file = Files.writeString(directory.resolve("password"), password);
        Map<String, String> environment = new HashMap<>(sandbox.environment());
        environment.remove("CARAVAN_WAREHOUSE_PASSWORD");
        environment.put("CARAVAN_WAREHOUSE_PASSWORD_FILE", "password");
        // Whatever a load needs, it needs one after the other.
        environment.put("CARAVAN_WAREHOUSE_POOL_SIZE", "1");
        sandbox.put(feed + "/1.csv", "id,name\n1,a\n");
        try (CaravanProcess run = CaravanProcess.start(directory, environment, "run")) {
            Waiting.until("the first object is loaded", () -> run.stderr().contains(" 1 objects, read 1, inserted 1"));
            sandbox.sandbox().changePassword("rotated-1");
            Files.writeString(file, "rotated-1");
            sandbox.sandbox().cutConnections();

            sandbox.put(feed + "/2.csv", "id,name\n2,a\n");
            Waiting.until("the second object is loaded", () -> caravan.lines("SELECT COUNT(*) FROM public." + feed)
                    .equals(List.of("2")));
            run.terminate();
            assertThat(run.exitCode()).isEqualTo(143);
            assertThat(run.stderr()).doesNotContain("WAREHOUSE_LOGIN").doesNotContain(" ERROR ");
        }
    }

    @Test
    void aServiceThatWaitsForANextTryStopsAtOnce() throws Exception {
        String feed = feed("waiting", "retryDelay", "600000");
        sandbox.failNext(Fault.of(Kind.CONFLICT, "INSERT INTO \"public\""));
        sandbox.put(feed + "/1.csv", "id,name\n1,a\n");
        try (CaravanProcess run = CaravanProcess.start(directory, sandbox.environment(), "run")) {
            Waiting.until("a try has failed", () -> run.stderr().contains("try 1 of 5 failed, the next is in"));
            run.terminate();

            // Long before the next try.
            assertThat(run.exitCode()).isEqualTo(143);
            assertThat(run.stderr())
                    .containsOnlyOnce(" WARN ")
                    .contains("Feed waiting: try 1 of 5 failed, the next is in")
                    .contains("conflict with concurrent transaction, SQLSTATE XX000 (WAREHOUSE_CONFLICT)")
                    .doesNotContain(" ERROR ");
        }
        assertThat(caravan.loads(feed)).isEmpty();
    }

    /** Makes a feed and its table. */
    private String feed(String name, String... parameters) throws SQLException {
        sandbox.execute("CREATE TABLE public." + name + " (id INTEGER NOT NULL, name VARCHAR(20))");
        List<String> all = Stream.concat(Stream.of("pollDelay", "50", "failedDelay", "100"), Stream.of(parameters))
                .toList();
        String[] quick = {"retryDelay", "10"};
        routes.ownFeed(
                name,
                sandbox.bucket(),
                "id",
                Stream.concat(all.stream(), all.contains("retryDelay") ? Stream.empty() : Stream.of(quick))
                        .toArray(String[]::new));
        return name;
    }

    /** Waits until a query has this result. */
    private void until(TestingService service, String what, String sql, String result) throws Exception {
        Waiting.until(what + "; " + service.events(), () -> caravan.lines(sql).equals(List.of(result)));
    }
}
