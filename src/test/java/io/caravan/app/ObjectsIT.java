package io.caravan.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.caravan.app.TestingCaravan.StagedBy;
import io.caravan.app.report.ExitCode;
import io.caravan.testing.CaravanProcess;
import io.caravan.testing.CaravanProcess.Result;
import io.caravan.testing.RouteDirectory;
import io.caravan.testing.SandboxExtension;
import io.caravan.testing.TestSandbox;
import io.caravan.testing.Waiting;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What {@code objects list}, {@code rearm} and {@code skip} do to the ledger, and what the next pass makes of it. */
@ExtendWith(SandboxExtension.class)
class ObjectsIT {

    private final TestSandbox sandbox;

    @TempDir
    private Path directory;

    private RouteDirectory routes;
    private TestingCaravan caravan;

    ObjectsIT(TestSandbox sandbox) {
        this.sandbox = sandbox;
    }

    @BeforeEach
    void start() {
        routes = new RouteDirectory(directory.resolve("routes"));
        caravan = new TestingCaravan(sandbox, routes);
    }

    @Test
    void anObjectIsLoadedAgainWhenTheReasonOfItsRejectionIsGone() throws SQLException {
        feed("again");
        sandbox.put("again/a.csv", "id,name,colour\n1,a,red\n");
        assertThat(caravan.load(StagedBy.COPY, "again")).containsExactly("again/a.csv rejected 0 0 0 0 0 0");
        sandbox.execute("ALTER TABLE public.again ADD COLUMN colour VARCHAR(20)");
        assertThat(caravan.load(StagedBy.COPY, "again")).isEmpty();

        assertThat(run("objects", "rearm", "--feed", "again", "--key", "again/a.csv"))
                .isEqualTo(done("Rearmed 1 objects of feed again; the next pass loads those that are still there."));
        assertThat(run("objects", "rearm", "--feed", "again", "--key", "again/a.csv"))
                .isEqualTo(done("Rearmed 0 objects of feed again."));
        assertThat(caravan.load(StagedBy.COPY, "again")).containsExactly("again/a.csv loaded 1 1 0 0 0 0");
        assertThat(caravan.load(StagedBy.COPY, "again")).isEmpty();

        assertThat(caravan.ledger("again"))
                .containsExactly(
                        "again/a.csv rejected 0 0 0 0 0 0 OBJECT_UNKNOWN_COLUMN",
                        "again/a.csv rearmed 0 0 0 0 0 0 null",
                        "again/a.csv loaded 1 1 0 0 0 0 null");
        assertThat(caravan.lines("SELECT outcome, objects, rows_read FROM caravan.loads WHERE feed = 'again'"
                        + " AND outcome = 'rearmed'"))
                .containsExactly("rearmed 1 0");
    }

    @Test
    void objectsAreRearmedByPrefixAndByTheTimeOfTheirLoad() throws SQLException {
        feed("many");
        sandbox.put("many/x/1.csv", "id,name\n1,a\n");
        sandbox.put("many/x/2.csv", "id,name\n2,b\n");
        sandbox.put("many/y%/3.csv", "id,name\n3,c\n");
        caravan.load(StagedBy.INSERT, "many");
        sandbox.execute("DELETE FROM public.many");
        String tomorrow = Instant.now().plus(1, ChronoUnit.DAYS).toString();

        assertThat(run("objects", "rearm", "--feed", "many", "--since", tomorrow)
                        .stdout())
                .isEqualTo("Rearmed 0 objects of feed many.\n");
        assertThat(run("objects", "rearm", "--feed", "many", "--until", tomorrow, "--dry-run")
                        .stdout())
                .isEqualTo("Would rearm 3 objects of feed many.\n");
        assertThat(caravan.load(StagedBy.INSERT, "many")).isEmpty();
        assertThat(run("objects", "rearm", "--feed", "many", "--prefix", "many/x/")
                        .stdout())
                .startsWith("Rearmed 2 objects of feed many;");
        assertThat(caravan.load(StagedBy.INSERT, "many"))
                .containsExactly("many/x/1.csv loaded 1 1 0 0 0 0", "many/x/2.csv loaded 1 1 0 0 0 0");
    }

    @Test
    void loadsAreListedAndOneIsShownWithItsObjects() throws SQLException {
        feed("told");
        sandbox.put("told/a.csv", "id,name\n1,a\nx,b\n");
        caravan.report(StagedBy.INSERT, "told");
        String load = caravan.lines("SELECT load_id FROM caravan.loads WHERE feed = 'told'")
                .get(0);

        assertThat(run("loads", "list", "--feed", "told", "--format", "csv").stdout())
                .matches("(?s)load,feed,outcome,.*\n" + load + ",told,loaded,\\d+,1,2,1,0,0,0,0,0,1,\n");
        assertThat(run("loads", "show", load).stdout())
                .contains("\ntable    public.told\n")
                .containsPattern("/told/a.csv +loaded +2 +1 +0 +0 +0 +0 +0 +1\n")
                .containsPattern("\ntold/a.csv +VALUE_FORMAT +1 +line 3, column id\n");
        assertThat(run("loads", "show", "none").stderr()).contains("there is no load none in the run history");
    }

    @Test
    void objectsOfAnotherFeedOfTheTargetAreLeftAlone() throws SQLException {
        feed("mine");
        routes.feed("yours", "bucket", sandbox.bucket(), "prefix", "yours/", "table", "public.mine", "keys", "id");
        sandbox.put("mine/a.csv", "id,name\n1,a\n");
        sandbox.put("yours/a.csv", "id,name\n2,b\n");
        caravan.report(StagedBy.INSERT, "mine", "yours");

        assertThat(run("objects", "rearm", "--feed", "mine", "--prefix", "").stdout())
                .startsWith("Rearmed 1 objects of feed mine;");
        assertThat(caravan.load(StagedBy.INSERT, "yours")).isEmpty();
        assertThat(caravan.load(StagedBy.INSERT, "mine")).containsExactly("mine/a.csv loaded 1 0 0 1 0 0");
    }

    @Test
    void whatIsSkippedIsNotLoadedUntilItChanges() throws SQLException {
        feed("skipped");
        sandbox.put("skipped/loaded.csv", "id,name\n1,a\n");
        caravan.load(StagedBy.INSERT, "skipped");
        sandbox.put("skipped/old/2.csv", "id,name\n2,b\n");
        sandbox.put("skipped/old/3.csv", "id,name\n3,c\n");
        sandbox.put("skipped/new.csv", "id,name\n4,d\n");

        assertThat(run("objects", "skip", "--feed", "skipped", "--prefix", "skipped/old", "--dry-run"))
                .isEqualTo(done("Would skip 2 objects of feed skipped."));
        assertThat(run("objects", "skip", "--feed", "skipped", "--prefix", "skipped/old"))
                .isEqualTo(done("Skipped 2 objects of feed skipped."));
        assertThat(run("objects", "skip", "--feed", "skipped", "--prefix", "skipped/old"))
                .isEqualTo(done("Skipped 0 objects of feed skipped."));
        assertThat(caravan.load(StagedBy.INSERT, "skipped")).containsExactly("skipped/new.csv loaded 1 1 0 0 0 0");

        sandbox.put("skipped/old/3.csv", "id,name\n3,changed\n");
        assertThat(run("objects", "rearm", "--feed", "skipped", "--key", "skipped/old/2.csv")
                        .stdout())
                .startsWith("Rearmed 1 ");
        assertThat(caravan.load(StagedBy.INSERT, "skipped"))
                .containsExactly("skipped/old/2.csv loaded 1 1 0 0 0 0", "skipped/old/3.csv loaded 1 1 0 0 0 0");
    }

    @Test
    void aNewFeedCanBeginToday() throws SQLException {
        feed("history");
        sandbox.put("history/1.csv", "id,name\n1,a\n");
        sandbox.put("history/2.csv", "id,name\n2,b\n");
        String tomorrow = Instant.now().plus(1, ChronoUnit.DAYS).toString();

        assertThat(run("objects", "skip", "--feed", "history", "--before", tomorrow, "--dry-run"))
                .isEqualTo(done("Would skip 2 objects of feed history."));
        assertThat(run("objects", "skip", "--feed", "history", "--before", "2001-01-01"))
                .isEqualTo(done("Skipped 0 objects of feed history."));
        assertThat(run("objects", "skip", "--feed", "history", "--before", tomorrow))
                .isEqualTo(done("Skipped 2 objects of feed history."));
        assertThat(caravan.load(StagedBy.INSERT, "history")).isEmpty();
    }

    @Test
    void theLastWordOnEachObjectIsListed() throws SQLException {
        feed("listed");
        sandbox.put("listed/a.csv", "id,name\n1,a\nx,b\n");
        sandbox.put("listed/b.csv", "name\nno key\n");
        caravan.load(StagedBy.INSERT, "listed");
        sandbox.put("listed/a.csv", "id,name\n1,a\n");
        caravan.load(StagedBy.INSERT, "listed");

        Result list = run("objects", "list", "--feed", "listed");
        assertThat(list.exitCode()).isEqualTo(ExitCode.DONE);
        assertThat(list.stderr()).isEmpty();
        assertThat(list.stdout().lines().map(ObjectsIT::withoutLoadAndTime))
                .containsExactly(
                        "object outcome read rejected load time error same content as",
                        "s3://" + sandbox.bucket() + "/listed/a.csv loaded 1 0 LOAD TIME",
                        "s3://" + sandbox.bucket() + "/listed/b.csv rejected 0 0 LOAD TIME"
                                + " OBJECT_MISSING_KEY: the header at line 1 lacks matching keys of the feed: \"id\";"
                                + " every object must hold all matching keys");
        assertThat(run("objects", "list", "--feed", "listed", "--all").stdout().lines())
                .hasSize(4);
        assertThat(run("objects", "list", "--outcome", "rejected", "--prefix", "listed/", "--format", "json")
                        .stdout()
                        .lines())
                .hasSize(3)
                .element(1)
                .asString()
                .contains("\"outcome\": \"rejected\", \"read\": 0,");
        Result first = run("objects", "list", "--limit", "1");
        assertThat(first.stdout().lines()).hasSize(2);
        assertThat(first.stderr())
                .isEqualTo("caravan: there may be more; --limit 10 shows more of them, --limit 0 all\n");
    }

    @Test
    void whatWasAskedWronglyIsAnswered() throws SQLException {
        feed("asked");
        assertThat(run("objects", "rearm", "--feed", "aksed", "--prefix", ""))
                .isEqualTo(new Result(
                        ExitCode.INVALID, "", "caravan: FEED_INVALID: There is no feed 'aksed'; is it 'asked'?\n"));
        assertThat(run("objects", "skip", "--feed", "asked"))
                .isEqualTo(
                        new Result(
                                ExitCode.INVALID,
                                "",
                                """
                        caravan: Say which objects are meant, by --key, --prefix or --before
                        Try 'caravan objects skip --help'.
                        """));
        assertThat(run("objects", "rearm", "--feed", "asked", "--since", "yesterday")
                        .stderr())
                .startsWith("caravan: Invalid value for option '--since': 'yesterday' is no time; write 2026-11-23, ");
        assertThat(run("objects").stderr())
                .isEqualTo("caravan: Missing required subcommand\nTry 'caravan objects --help'.\n");
        assertThat(run("objects", "list", "--feed", "asked").stderr())
                .isEqualTo("caravan: there is no such object in the ledger\n");
        assertThat(run("objects", "rearm", "--feed", "asked", "--prefix", "").stdout())
                .isEqualTo("Rearmed 0 objects of feed asked.\n");
    }

    @Test
    void aRunningServiceHearsOfItWhenItLooksAtTheLedger() throws Exception {
        routes.ownFeed("served", sandbox.bucket(), "id", "pollDelay", "200");
        sandbox.execute("CREATE TABLE public.served (id INTEGER NOT NULL, name VARCHAR(20))");
        sandbox.put("served/a.csv", "id,name\n1,a\n");
        Map<String, String> environment = new HashMap<>(sandbox.environment());
        environment.put("CARAVAN_LEDGER_REFRESH", "1s");
        try (CaravanProcess service = CaravanProcess.start(
                directory, environment, "run", "--routes", routes.path().toString())) {
            Waiting.until("the object is loaded", () -> caravan.ledger("served").size() == 1);
            sandbox.execute("DELETE FROM public.served");
            assertThat(run("objects", "rearm", "--feed", "served", "--prefix", "served/")
                            .exitCode())
                    .isZero();
            Waiting.until(
                    "the object is loaded again", () -> caravan.ledger("served").size() == 3);
            assertThat(caravan.lines("SELECT id, name FROM public.served")).containsExactly("1 a");
            service.terminate();
            service.exitCode();
        }
    }

    private void feed(String name) throws SQLException {
        sandbox.execute("CREATE TABLE public." + name + " (id INTEGER NOT NULL, name VARCHAR(20))");
        routes.ownFeed(name, sandbox.bucket(), "id");
    }

    private Result run(String... arguments) {
        return caravan.run(StagedBy.INSERT, arguments);
    }

    private static Result done(String message) {
        return new Result(ExitCode.DONE, message + "\n", "");
    }

    private static String withoutLoadAndTime(String line) {
        return line.replaceAll(" +", " ")
                .replaceAll("\\d{8}T\\d{6}\\.\\d{3}Z-[0-9a-f]{10}", "LOAD")
                .replaceAll("\\d{4}-\\d\\d-\\d\\dT[\\d:.]+Z", "TIME");
    }
}
