package io.caravan.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.caravan.app.TestingCaravan.StagedBy;
import io.caravan.sandbox.Sandbox;
import io.caravan.sandbox.SandboxOptions;
import io.caravan.sandbox.fault.Flavour;
import io.caravan.testing.CaravanProcess;
import io.caravan.testing.RouteDirectory;
import io.caravan.testing.SandboxExtension;
import io.caravan.testing.TestSandbox;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What becomes of rows that validation lets through and COPY refuses: here, those with the word poison in a field. */
@ExtendWith(SandboxExtension.class)
class RefusedByCopyIT {

    private static final String COLUMNS = "id INTEGER NOT NULL, name VARCHAR(40), qty INTEGER";
    private static final String POISON = "SET caravan.fail_next TO 'copy_refusal 1204 poison'";
    private static final String REFUSED = "VALUE_REFUSED_BY_COPY";

    private static @Nullable Sandbox serverless;
    private static @Nullable TestSandbox onServerless;

    private final TestSandbox provisioned;

    @TempDir
    private Path directory;

    private TestSandbox sandbox;
    private RouteDirectory routes;
    private TestingCaravan caravan;

    RefusedByCopyIT(TestSandbox sandbox) {
        this.provisioned = sandbox;
    }

    @BeforeEach
    void start() throws SQLException {
        routes = new RouteDirectory(directory.resolve("routes"));
        sandbox = provisioned;
        caravan = new TestingCaravan(sandbox, routes);
        sandbox.execute(POISON);
    }

    private void on(Flavour flavour) throws SQLException {
        if (flavour == Flavour.SERVERLESS) {
            sandbox = onServerless();
            caravan = new TestingCaravan(sandbox, routes);
            sandbox.execute(POISON);
        }
    }

    private static TestSandbox onServerless() {
        if (onServerless == null) {
            serverless = Sandbox.start(SandboxOptions.temporary().with(Flavour.SERVERLESS));
            onServerless = new TestSandbox(serverless, 1);
        }
        return onServerless;
    }

    @AfterAll
    static void stop() {
        if (onServerless != null && serverless != null) {
            onServerless.close();
            serverless.close();
        }
    }

    @AfterEach
    void countsAddUpAndNoDataFileStays() throws SQLException {
        assertThat(caravan.countsThatDoNotAddUp()).isEmpty();
        assertThat(caravan.dataFilesLeft()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void theyAreRejectedAndTheOthersLoad(Flavour flavour) throws SQLException {
        on(flavour);
        String feed = table("isolated", flavour, COLUMNS + ", from_key VARCHAR(1024), from_line BIGINT");
        feed(feed, "keys", "id", "objectKeyColumn", "from_key", "lineColumn", "from_line");
        sandbox.put(
                feed + "/a.csv",
                """
                qty,id,name
                1,1,"two
                lines"
                ,2,poison
                3,3,c
                x,4,d
                ,5,"a poison, ""quoted""
                on two lines"
                6,6,
                """);
        sandbox.put(feed + "/b.csv", "id,qty,name\n1,10,a\n7,,Poison\n8,8,\"\"\n");

        assertThat(caravan.load(StagedBy.COPY, feed))
                .containsExactly(feed + "/a.csv loaded 6 2 0 0 1 3", feed + "/b.csv loaded 3 2 0 0 0 1");

        assertThat(caravan.lines("SELECT id, name, qty, from_key, from_line FROM public." + feed + " ORDER BY id"))
                .containsExactly(
                        "1 a 10 " + feed + "/b.csv 2",
                        "3 c 3 " + feed + "/a.csv 5",
                        "6 null 6 " + feed + "/a.csv 9",
                        "8  8 " + feed + "/b.csv 4");
        assertThat(deadLetters(feed))
                .containsExactly(
                        "a.csv 4 name " + REFUSED
                                + " COPY refused it with error 1204: Fault of the sandbox, Value 'poison' [2,poison,]",
                        "a.csv 6 qty VALUE_FORMAT not a whole number: character 1 is not a digit [x,4,d]",
                        "a.csv 7 name " + REFUSED
                                + " COPY refused it with error 1204: Fault of the sandbox, Value 'a poison, \"\"quoted\"\"\non two lines'"
                                + " [5,\"a poison, \"\"quoted\"\"\non two lines\",]",
                        "b.csv 3 name " + REFUSED
                                + " COPY refused it with error 1204: Fault of the sandbox, Value 'Poison' [7,Poison,]");
    }

    @Test
    void theyAreFoundThoughTheErrorViewShowsThemLater() throws SQLException {
        String feed = table("lagging", Flavour.PROVISIONED, COLUMNS);
        feed(feed, "keys", "id");
        sandbox.put(feed + "/a.csv", "id,name\n1,a\n2,poison\n3,c\n4,poison\n");
        sandbox.execute("SET caravan.error_view_lag TO '1500'");
        try {
            assertThat(caravan.load(StagedBy.COPY, feed)).containsExactly(feed + "/a.csv loaded 4 2 0 0 0 2");
        } finally {
            sandbox.execute("SET caravan.error_view_lag TO '0'");
        }
        assertThat(caravan.loads(feed)).containsExactly("loaded 1 4 2 0 0 0 2 null");
    }

    @ParameterizedTest
    @EnumSource
    void anObjectWithMoreOfThemThanItsFeedAllowsIsRejected(Flavour flavour) throws SQLException {
        on(flavour);
        String feed = table("limited", flavour, COLUMNS);
        feed(feed, "keys", "id", "maxRejectedRows", "2");
        sandbox.put(feed + "/a.csv", "id,name\n1,a\n2,poison\nx,b\n3,poison\n");
        sandbox.put(feed + "/b.csv", "id,name\n1,poison\n4,poison\n5,c\n");
        sandbox.put(feed + "/c.csv", "id,name\n1,poison\n");

        assertThat(caravan.load(StagedBy.COPY, feed))
                .containsExactly(
                        feed + "/a.csv rejected 4 0 0 0 0 4",
                        feed + "/b.csv loaded 3 1 0 0 0 2",
                        feed + "/c.csv rejected 1 0 0 0 0 1");

        assertThat(caravan.lines("SELECT id, name FROM public." + feed)).containsExactly("5 c");
        assertThat(caravan.lines(
                        "SELECT error_code FROM caravan.objects WHERE feed = '" + feed + "' ORDER BY object_key"))
                .containsExactly("OBJECT_TOO_MANY_REJECTED_ROWS", "null", "OBJECT_NO_GOOD_ROW");
        assertThat(caravan.lines("SELECT object_key, line_number, error_code FROM caravan.dead_letters WHERE feed = '"
                        + feed + "' ORDER BY object_key, line_number"))
                .containsExactly(
                        feed + "/a.csv 3 " + REFUSED,
                        feed + "/a.csv 4 VALUE_FORMAT",
                        feed + "/a.csv 5 " + REFUSED,
                        feed + "/b.csv 2 " + REFUSED,
                        feed + "/b.csv 3 " + REFUSED,
                        feed + "/c.csv 2 " + REFUSED);
    }

    @Test
    void anObjectWithMoreOfThemThanCopyCountsCostsNoOther() throws SQLException {
        on(Flavour.SERVERLESS);
        String feed = table("flooded", Flavour.SERVERLESS, COLUMNS);
        feed(feed, "keys", "id");
        putFlood(feed + "/a.csv");
        sandbox.put(feed + "/b.csv", "id,name\n1,b\n");

        assertThat(caravan.load(StagedBy.COPY, feed))
                .containsExactly(feed + "/a.csv rejected 100002 0 0 0 0 100002", feed + "/b.csv loaded 1 1 0 0 0 0");

        assertThat(caravan.lines("SELECT id, name FROM public." + feed)).containsExactly("1 b");
        assertThat(caravan.lines("SELECT COUNT(*), MIN(line_number), MAX(line_number) FROM caravan.dead_letters"
                        + " WHERE feed = '" + feed + "'"))
                .containsExactly("100 3 102");
    }

    @Test
    void whatCopyLeavesOutAndDoesNotShowIsFoundObjectByObject() throws SQLException {
        String feed = table("unexplained", Flavour.PROVISIONED, COLUMNS);
        feed(feed, "keys", "id", "maxTries", "1", "retryDelay", "0");
        putFlood(feed + "/a.csv");
        sandbox.put(feed + "/b.csv", "id,name\n1,b\n2,poison\n");

        assertThat(caravan.load(StagedBy.COPY, feed))
                .containsExactly(feed + "/a.csv rejected 100002 0 0 0 0 100002", feed + "/b.csv loaded 2 1 0 0 0 1");
        assertThat(caravan.lines("SELECT id, name FROM public." + feed)).containsExactly("1 b");
    }

    /** Puts an object with one good row and more refused ones than MAXERROR may count. */
    private void putFlood(String key) {
        sandbox.put(
                key,
                IntStream.rangeClosed(1, 100_001)
                        .mapToObj(i -> i + ",poison\n")
                        .collect(Collectors.joining("", "id,name\n0,a\n", "")));
    }

    @Test
    void ofTheObjectsOfASnapshotTheOneBeforeHasItsTurn() throws SQLException {
        String feed = table("snapshots", Flavour.PROVISIONED, COLUMNS);
        feed(feed, "mode", "replace");
        sandbox.put(feed + "/a.csv", "id,name\n1,a\n");
        sandbox.put(feed + "/b.csv", "id,name\n2,poison\n");

        assertThat(caravan.load(StagedBy.COPY, feed))
                .containsExactly(feed + "/b.csv rejected 1 0 0 0 0 1", feed + "/a.csv loaded 1 1 0 0 0 0");
        assertThat(caravan.lines("SELECT id, name FROM public." + feed)).containsExactly("1 a");
    }

    /** https://docs.aws.amazon.com/redshift/latest/dg/r_COPY.html: "The maximum size of a single input row from any source is 4 MB." */
    @ParameterizedTest
    @EnumSource
    void aRowMayBeLongerThanCopyTakes(Flavour flavour) throws SQLException {
        on(flavour);
        List<String> names = IntStream.range(0, 70).mapToObj(i -> "v" + i).toList();
        String feed = table(
                "long",
                flavour,
                "id INTEGER NOT NULL, "
                        + names.stream().map(name -> name + " VARCHAR(65535)").collect(Collectors.joining(", ")));
        feed(feed, "keys", "id");
        String value = "ż".repeat(30_000);
        sandbox.put(
                feed + "/a.csv",
                "id," + String.join(",", names) + "\n1" + ",x".repeat(70) + "\n2" + ("," + value).repeat(70) + "\n3"
                        + ",z".repeat(70) + "\n");

        assertThat(caravan.load(StagedBy.COPY, feed)).containsExactly(feed + "/a.csv loaded 3 2 0 0 0 1");

        assertThat(caravan.lines("SELECT id, v69 FROM public." + feed + " ORDER BY id"))
                .containsExactly("1 x", "3 z");
        assertThat(caravan.lines("SELECT line_number, error_code, OCTET_LENGTH(raw_record), LEFT(raw_record, 4),"
                        + " RIGHT(raw_record, 6) FROM caravan.dead_letters WHERE feed = '" + feed + "'"))
                .containsExactly("3 CSV_RECORD_TOO_LONG 65535 2,żż …[cut]");
    }

    @ParameterizedTest
    @EnumSource
    void aCopyThatFailsOnlyOnceLosesNothing(Flavour flavour) throws SQLException {
        on(flavour);
        String feed = table("once", flavour, COLUMNS);
        feed(feed, "keys", "id");
        for (String table : List.of("caravan_rows", "caravan_rejected")) {
            sandbox.put(feed + "/" + table + ".csv", "id,name\n1,a\nx,b\n2,c\n");
            sandbox.execute("SET caravan.fail_next TO 'copy_error 1220 1 " + table + "'");
            caravan.load(StagedBy.COPY, feed);
        }

        assertThat(caravan.ledger(feed))
                .containsExactly(
                        feed + "/caravan_rows.csv loaded 3 2 0 0 0 1 null",
                        feed + "/caravan_rejected.csv loaded 3 0 0 2 0 1 null");
        assertThat(deadLetters(feed))
                .containsExactly(
                        "caravan_rejected.csv 3 id VALUE_FORMAT not a whole number: character 1 is not a digit [x,b]",
                        "caravan_rows.csv 3 id VALUE_FORMAT not a whole number: character 1 is not a digit [x,b]");
    }

    @Test
    void theLogTellsNoValue() throws SQLException {
        String feed = table("logged", Flavour.PROVISIONED, COLUMNS);
        feed(feed, "keys", "id");
        sandbox.put(feed + "/a.csv", "id,name\n1,a\n2,poison\n");

        CaravanProcess.Result result = CaravanProcess.run(directory, sandbox.environment(), "load");

        assertThat(result.exitCode()).isEqualTo(3);
        assertThat(result.stdout() + result.stderr())
                .contains("COPY refuses rows of load ")
                .doesNotContain("poison");
    }

    private String table(String name, Flavour flavour, String columns) throws SQLException {
        String table = name + "_" + flavour.name().toLowerCase(Locale.ROOT);
        sandbox.execute("CREATE TABLE public." + table + " (" + columns + ")");
        return table;
    }

    private void feed(String feed, String... more) {
        List<String> parameters =
                new ArrayList<>(List.of("bucket", sandbox.bucket(), "prefix", feed + "/", "table", "public." + feed));
        parameters.addAll(List.of(more));
        routes.feed(feed, parameters.toArray(String[]::new));
    }

    private List<String> deadLetters(String feed) throws SQLException {
        return caravan.lines("SELECT SUBSTRING(object_key, " + (feed.length() + 2)
                + "), line_number, column_name, error_code, reason, '[' || raw_record || ']'"
                + " FROM caravan.dead_letters WHERE feed = '" + feed + "' ORDER BY object_key, line_number");
    }
}
