package io.caravan.app;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import io.caravan.app.TestingCaravan.StagedBy;
import io.caravan.app.report.ExitCode;
import io.caravan.testing.CaravanProcess.Result;
import io.caravan.testing.RouteDirectory;
import io.caravan.testing.SandboxExtension;
import io.caravan.testing.TestSandbox;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the commands about dead letters show and do: whatever becomes of a rejected row, it becomes so once. */
@ExtendWith(SandboxExtension.class)
class DeadLettersIT {

    private static final String PLAIN = "id INTEGER NOT NULL, name VARCHAR(5), qty INTEGER";

    private final TestSandbox sandbox;

    @TempDir
    private Path directory;

    private RouteDirectory routes;
    private TestingCaravan caravan;

    DeadLettersIT(TestSandbox sandbox) {
        this.sandbox = sandbox;
    }

    @BeforeEach
    void start() {
        routes = new RouteDirectory(directory.resolve("routes"));
        caravan = new TestingCaravan(sandbox, routes);
    }

    @AfterEach
    void noDataFileStays() throws SQLException {
        assertThat(caravan.dataFilesLeft()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(StagedBy.class)
    void rowsAreReplayedOnceTheTableHasRoomForThem(StagedBy stagedBy) throws SQLException {
        String feed = "wide_" + stagedBy.name().toLowerCase(Locale.ROOT);
        feed(
                feed,
                PLAIN + ", object_key VARCHAR(100), line BIGINT",
                "keys",
                "id",
                "objectKeyColumn",
                "object_key",
                "lineColumn",
                "line");
        sandbox.put(feed + "/a.csv", "qty,id,name\n1,1,a\n2,2,too long\n3,3,c\n4,4,\"two\nlines\"\nx,5,e\n");
        sandbox.put(feed + "/b.csv", "id,name\n6,far too long\n");
        sandbox.put(feed + "/c.csv", "id,name\n7,g\n8,also too long\n");
        caravan.report(stagedBy, feed);
        widen(feed);

        Result replay = caravan.run(stagedBy, "dead-letters", "replay", "--feed", feed);
        assertThat(replay.stderr()).isEmpty();

        assertThat(replay.stdout().lines().map(line -> line.replaceAll(" +", " ")))
                .containsExactly(
                        "feed object read inserted updated unchanged deleted stale superseded rejected outcome",
                        feed + " s3://" + sandbox.bucket() + "/" + feed + "/a.csv 3 2 0 0 0 0 0 1 replayed",
                        feed + " s3://" + sandbox.bucket() + "/" + feed + "/c.csv 1 1 0 0 0 0 0 0 replayed",
                        feed + " s3://" + sandbox.bucket() + "/" + feed + "/b.csv 0 0 0 0 0 0 0 0 rearmed",
                        "total 3 objects 4 3 0 0 0 0 0 1");
        assertThat(replay.stderr()).isEmpty();
        assertThat(replay.exitCode()).isEqualTo(ExitCode.REJECTED);
        assertThat(table(feed))
                .containsExactly(
                        "1|a|1|" + feed + "/a.csv|2",
                        "2|too long|2|" + feed + "/a.csv|3",
                        "3|c|3|" + feed + "/a.csv|4",
                        "4|two\nlines|4|" + feed + "/a.csv|5",
                        "7|g|null|" + feed + "/c.csv|2",
                        "8|also too long|null|" + feed + "/c.csv|3");
        assertThat(letters(feed))
                .containsExactly(
                        feed + "/a.csv 3 VALUE_TOO_LONG replayed",
                        feed + "/a.csv 5 VALUE_TOO_LONG replayed",
                        feed + "/a.csv 7 VALUE_FORMAT replayed",
                        feed + "/b.csv 2 VALUE_TOO_LONG replayed",
                        feed + "/c.csv 3 VALUE_TOO_LONG replayed",
                        feed + "/a.csv 7 VALUE_FORMAT open");
        assertThat(caravan.lines("SELECT outcome, objects, rows_read, rows_rejected FROM caravan.loads WHERE feed = '"
                        + feed + "' AND outcome IN ('replayed', 'rearmed') ORDER BY outcome"))
                .containsExactlyInAnyOrder("rearmed 1 0 0", "replayed 1 3 1", "replayed 1 1 0");
        assertThat(caravan.lines("SELECT COUNT(*) FROM caravan.dead_letters d JOIN caravan.loads l ON l.load_id ="
                        + " d.replayed_by WHERE d.feed = '" + feed + "' AND l.outcome IN ('replayed', 'rearmed')"))
                .containsExactly("5");

        assertThat(caravan.load(stagedBy, feed)).containsExactly(feed + "/b.csv loaded 1 1 0 0 0 0");
        assertThat(caravan.load(stagedBy, feed)).isEmpty();
    }

    @Test
    void whatWasReplayedIsNotReplayedAgain() throws SQLException {
        feed("twice", PLAIN, "mode", "append");
        sandbox.put("twice/a.csv", "id,name\n1,a\n2,too long\n");
        caravan.report(StagedBy.INSERT, "twice");
        widen("twice");

        assertThat(replay("twice").exitCode()).isEqualTo(ExitCode.DONE);
        Result again = replay("twice");

        assertThat(again.exitCode()).isEqualTo(ExitCode.DONE);
        assertThat(again.stdout().lines()).hasSize(1);
        assertThat(again.stderr()).isEqualTo("caravan: there is no such open dead letter\n");
        assertThat(table("twice")).containsExactly("1|a|null", "2|too long|null");
    }

    @Test
    void twoReplaysAtOnceReplayOnce() throws Exception {
        feed("race", PLAIN, "mode", "append");
        for (int i = 0; i < 5; i++) {
            sandbox.put("race/" + i + ".csv", "id,name\n" + i + ",a\n1" + i + ",too long\n");
        }
        caravan.report(StagedBy.INSERT, "race");
        widen("race");

        ExecutorService threads = Executors.newFixedThreadPool(3);
        try {
            Callable<Result> replay = () -> replay("race");
            for (Future<Result> result : threads.invokeAll(List.of(replay, replay, replay))) {
                assertThat(result.get().exitCode()).as(result.get().stderr()).isEqualTo(ExitCode.DONE);
            }
        } finally {
            threads.shutdown();
        }

        assertThat(caravan.lines("SELECT COUNT(*), COUNT(DISTINCT id) FROM public.race"))
                .containsExactly("10 10");
        assertThat(caravan.lines(
                        "SELECT status, COUNT(*) FROM caravan.dead_letters WHERE feed = 'race' GROUP BY status"))
                .containsExactly("replayed 5");
    }

    static Stream<Arguments> formats() {
        return Stream.of(
                Arguments.of(
                        "without a header, with semicolons and an escape",
                        List.of(
                                "header",
                                "false",
                                "delimiter",
                                "semicolon",
                                "quote",
                                "none",
                                "escape",
                                "backslash",
                                "nullString",
                                "NULL"),
                        "1;a;1\n2;too\\;long\\\nx;NULL\n",
                        UTF_8,
                        "2|too;long\nx|null"),
                Arguments.of(
                        "in Latin 1",
                        List.of("delimiter", "tab", "nullString", "-"),
                        "id\tname\tqty\n1\ta\t1\n2\tGrößenwahn\t-\n",
                        ISO_8859_1,
                        "2|Größenwahn|null"),
                Arguments.of(
                        "in UTF-16, with other quotes",
                        List.of("charset", "UTF-16", "quote", "pipe"),
                        "\uFEFF|id|,NAME,qty\n1,a,1\n2,|too, \r\n||long|||,\n",
                        UTF_16LE,
                        "2|too, \r\n|long||null"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void formats(String claim, List<String> parameters, String object, Charset charset, String row)
            throws SQLException {
        String feed = "format" + Integer.toHexString(claim.hashCode());
        List<String> all = new ArrayList<>(List.of("keys", "id"));
        if (charset.equals(ISO_8859_1)) {
            all.addAll(List.of("charset", "ISO-8859-1"));
        }
        all.addAll(parameters);
        feed(feed, PLAIN, all.toArray(String[]::new));
        sandbox.put(feed + "/a.csv", object.getBytes(charset));
        assertThat(caravan.load(StagedBy.INSERT, feed)).containsExactly(feed + "/a.csv loaded 2 1 0 0 0 1");
        widen(feed);

        assertThat(replay(feed).exitCode()).isEqualTo(ExitCode.DONE);
        assertThat(table(feed)).containsExactly("1|a|1", row);
    }

    @Test
    void whatIsNotTheRecordThatItWasStaysOpen() throws SQLException {
        feed("kept", PLAIN, "keys", "id");
        byte[] object = ("id,name\n1,a\n2,caf\u00E9 au\n3,\"5\" pipe\"\n4," + "x".repeat(70_000) + "\n5,too long\n")
                .getBytes(ISO_8859_1);
        sandbox.put("kept/a.csv", object);
        caravan.report(StagedBy.INSERT, "kept");
        widen("kept");
        String notes =
                """
                caravan: 1 dead letters stay open: their records are longer than what is kept of them (65,535 bytes)
                caravan: 1 dead letters stay open: their records hold bytes that are not text, which are shown as \\xHH
                caravan: 1 dead letters stay open: their records are not well-formed by the feed's CSV parameters
                """;

        Result dry = run("dead-letters", "replay", "--feed", "kept", "--dry-run");
        assertThat(dry.stdout()).containsPattern("\nkept/a.csv +1 +1 +0 +0 +0 +0 +0 +0  replayed\n");
        assertThat(dry.stderr()).isEqualTo(notes);
        assertThat(letters("kept")).allMatch(letter -> letter.endsWith(" open"));

        Result replay = replay("kept");
        assertThat(replay.stderr()).isEqualTo(notes);
        assertThat(replay.exitCode()).isEqualTo(ExitCode.REJECTED);
        assertThat(table("kept")).containsExactly("1|a|null", "5|too long|null");
        assertThat(letters("kept"))
                .containsExactly(
                        "kept/a.csv 3 CSV_CHARSET open",
                        "kept/a.csv 4 CSV_QUOTE open",
                        "kept/a.csv 5 VALUE_TOO_LONG open",
                        "kept/a.csv 6 VALUE_TOO_LONG replayed");

        // What does not fit the feed may fit it after all.
        Result none = replay("kept");
        assertThat(none.stdout().lines()).hasSize(1);
        assertThat(none.stderr()).isEqualTo(notes);
        sandbox.put("kept/b.csv", "id,name\n6,f\n7,\"a\\\"b\"\n");
        caravan.report(StagedBy.INSERT, "kept");
        redefine("kept", "keys", "id", "escape", "backslash");
        assertThat(run("dead-letters", "replay", "--feed", "kept", "--key", "kept/b.csv")
                        .exitCode())
                .isEqualTo(ExitCode.DONE);
        assertThat(table("kept")).endsWith("6|f|null", "7|a\"b|null");
    }

    @Test
    void anObjectWhoseHeaderFitsNoMoreStaysOpen() throws SQLException {
        feed("header", PLAIN, "keys", "id");
        sandbox.put("header/a.csv", "id,name,qty\n1,a,1\n2,too long,2\n");
        sandbox.put("header/b.csv", "id,name\n3,c\n4,too long\n");
        caravan.report(StagedBy.INSERT, "header");
        sandbox.execute("ALTER TABLE public.header DROP COLUMN qty");
        widen("header");

        Result replay = replay("header");

        assertThat(replay.exitCode()).isEqualTo(ExitCode.REJECTED);
        assertThat(replay.stderr())
                .startsWith("caravan: the dead letters of s3://" + sandbox.bucket()
                        + "/header/a.csv stay open: OBJECT_UNKNOWN_COLUMN: the header at line 1 names columns that ");
        assertThat(table("header")).containsExactly("1|a", "3|c", "4|too long");
        assertThat(letters("header"))
                .containsExactly("header/a.csv 3 VALUE_TOO_LONG open", "header/b.csv 3 VALUE_TOO_LONG replayed");
        assertThat(caravan.load(StagedBy.INSERT, "header")).isEmpty();
    }

    @Test
    void anObjectRejectedAsAWholeIsRearmedUnlessAnotherVersionCame() throws SQLException {
        feed("whole", PLAIN, "keys", "id", "maxRejectedRows", "1");
        sandbox.put("whole/a.csv", "id,name\n1,a\n2,too long\n3,too long\n");
        sandbox.put("whole/b.csv", "id,name\n4,a\n5,too long\n6,too long\n");
        caravan.report(StagedBy.INSERT, "whole");
        sandbox.put("whole/b.csv", "id,name\n4,new\n");
        caravan.report(StagedBy.INSERT, "whole");
        widen("whole");

        Result dry = run("dead-letters", "replay", "--feed", "whole", "--dry-run");
        assertThat(dry.stderr())
                .contains("/whole/a.csv was rejected as a whole: all of it would load with the next pass\n");
        assertThat(caravan.load(StagedBy.INSERT, "whole")).isEmpty();
        Result replay = run("dead-letters", "replay", "--feed", "whole", "--code", "VALUE_TOO_LONG");
        assertThat(replay.stdout()).contains("/whole/a.csv ").contains(" rearmed");
        assertThat(replay.stderr())
                .isEqualTo(
                        "caravan: 2 dead letters stay open: their object was rejected as a whole, and another version"
                                + " of it has been dealt with since\n");
        assertThat(caravan.load(StagedBy.INSERT, "whole")).containsExactly("whole/a.csv loaded 3 3 0 0 0 0");
        assertThat(letters("whole"))
                .containsExactly(
                        "whole/a.csv 3 VALUE_TOO_LONG replayed",
                        "whole/a.csv 4 VALUE_TOO_LONG replayed",
                        "whole/b.csv 3 VALUE_TOO_LONG open",
                        "whole/b.csv 4 VALUE_TOO_LONG open");

        assertThat(run("dead-letters", "drop", "--feed", "whole", "--key", "whole/b.csv", "--dry-run")
                        .stdout())
                .isEqualTo("Would drop 2 dead letters.\n");
        assertThat(run("dead-letters", "drop", "--feed", "whole", "--key", "whole/b.csv"))
                .isEqualTo(new Result(ExitCode.DONE, "Dropped 2 dead letters.\n", ""));
        assertThat(replay("whole").stderr()).isEqualTo("caravan: there is no such open dead letter\n");
    }

    @Test
    void modesTakeWhatIsReplayedAsTheyTakeRows() throws SQLException {
        feed("changes", PLAIN, "keys", "id", "mode", "changes");
        sandbox.put("changes/a.csv", "Op,id,name,qty\nI,1,a,1\nI,2,b,2\n");
        sandbox.put("changes/b.csv", "Op,id,name,qty\nU,1,too long,1\nD,2,too long,2\nI,3,c,3\n");
        caravan.report(StagedBy.INSERT, "changes");
        widen("changes");
        assertThat(replay("changes").exitCode()).isEqualTo(ExitCode.DONE);
        assertThat(table("changes")).containsExactly("1|too long|1", "3|c|3");

        feed("sequence", PLAIN, "keys", "id", "sequenceBy", "qty");
        sandbox.put("sequence/a.csv", "id,name,qty\n1,too long,1\n2,too long,9\n3,c,3\n");
        sandbox.put("sequence/b.csv", "id,name,qty\n1,newer,2\n2,older,8\n");
        caravan.report(StagedBy.INSERT, "sequence");
        widen("sequence");
        assertThat(replay("sequence").stdout()).contains("  2         0        1          0        0      1  ");
        assertThat(table("sequence")).containsExactly("1|newer|2", "2|too long|9", "3|c|3");

        feed(
                "history",
                PLAIN + ", valid_from TIMESTAMP, valid_to TIMESTAMP, is_current BOOLEAN",
                "keys",
                "id",
                "mode",
                "history",
                "closeMissing",
                "true",
                "maxDeletedRatio",
                "1");
        sandbox.put("history/a.csv", "id,name,qty\n1,a,1\n2,too long,2\n3,c,3\n");
        sandbox.put("history/b.csv", "id,name,qty\n1,too long,1\n3,c,3\n");
        caravan.report(StagedBy.INSERT, "history");
        widen("history");
        assertThat(replay("history").exitCode()).isEqualTo(ExitCode.DONE);
        assertThat(caravan.lines("SELECT id, name, qty, is_current FROM public.history ORDER BY id, valid_from, name"))
                .containsExactly("1 a 1 f", "1 too long 1 t", "2 too long 2 t", "3 c 3 t");
    }

    @Test
    void ofSnapshotsOnlyTheNewestIsReplayed() throws SQLException {
        for (String mode : List.of("mirror", "replace")) {
            feed(mode, PLAIN, "keys", mode.equals("mirror") ? "id" : "", "mode", mode, "maxDeletedRatio", "1");
            sandbox.put(mode + "/a.csv", "id,name,qty\n1,a,1\n2,too long,2\n3,too long,3\n");
            caravan.report(StagedBy.INSERT, mode);
            widen(mode);

            assertThat(run("dead-letters", "replay", "--feed", mode, "--line", "3")
                            .exitCode())
                    .isEqualTo(ExitCode.DONE);
            assertThat(table(mode)).containsExactly("1|a|1", "2|too long|2");

            sandbox.put(mode + "/b.csv", "id,name,qty\n1,a,1\n");
            caravan.report(StagedBy.INSERT, mode);
            Result replay = replay(mode);
            assertThat(replay.exitCode()).isEqualTo(ExitCode.REJECTED);
            assertThat(replay.stderr())
                    .isEqualTo("caravan: 1 dead letters stay open: a newer snapshot has been loaded since\n");
            assertThat(table(mode)).containsExactly("1|a|1");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"drop_before_commit", "drop_after_commit", "conflict", "serializable_violation"})
    void aReplayCommitsWithItsMarksOrNotAtAll(String fault) throws SQLException {
        String feed = fault;
        feed(feed, PLAIN, "mode", "append");
        sandbox.put(feed + "/a.csv", "id,name\n1,a\n2,too long\n");
        caravan.report(StagedBy.INSERT, feed);
        widen(feed);

        sandbox.execute("SET caravan.fail_next TO '" + fault + " UPDATE caravan.dead_letters'");
        Result replay = replay(feed);

        boolean tellsOfIt = fault.equals("drop_before_commit");
        assertThat(replay.exitCode()).isEqualTo(tellsOfIt ? ExitCode.FAILED : ExitCode.DONE);
        assertThat(replay.stderr()).contains(tellsOfIt ? "COMMIT_LOST" : "");
        assertThat(letters(feed))
                .containsExactly(feed + "/a.csv 3 VALUE_TOO_LONG " + (tellsOfIt ? "open" : "replayed"));
        assertThat(replay(feed).exitCode()).isEqualTo(ExitCode.DONE);
        assertThat(table(feed)).containsExactly("1|a|null", "2|too long|null");
        assertThat(letters(feed)).containsExactly(feed + "/a.csv 3 VALUE_TOO_LONG replayed");
    }

    @Test
    void manyDeadLettersAreReplayedThroughTheirCursor() throws SQLException {
        feed("many", PLAIN, "keys", "id", "maxRejectedRows", "100000", "rowsPerBatch", "1000");
        sandbox.put(
                "many/a.csv",
                IntStream.range(0, 12_345)
                        .mapToObj(i -> i + (i % 100 == 0 ? ",n\n" : ",too long\n"))
                        .collect(joining("", "id,name\n", "")));
        assertThat(caravan.load(StagedBy.COPY, "many")).containsExactly("many/a.csv loaded 12345 124 0 0 0 12221");
        widen("many");

        Result replay = caravan.run(StagedBy.COPY, "dead-letters", "replay", "--feed", "many", "--format", "json");

        assertThat(replay.stdout()).contains("\"read\": 12221, \"inserted\": 12221,");
    }

    private void feed(String name, String columns, String... parameters) throws SQLException {
        sandbox.execute("CREATE TABLE public." + name + " (" + columns + ")");
        redefine(name, parameters);
    }

    private void redefine(String name, String... parameters) {
        List<String> all =
                new ArrayList<>(List.of("bucket", sandbox.bucket(), "prefix", name + "/", "table", "public." + name));
        all.addAll(List.of(parameters));
        routes.feed(name, all.toArray(String[]::new));
    }

    private void widen(String table) throws SQLException {
        sandbox.execute("ALTER TABLE public." + table + " ALTER COLUMN name TYPE VARCHAR(20)");
    }

    private Result replay(String feed) {
        return run("dead-letters", "replay", "--feed", feed);
    }

    /** The table's rows, by its first two columns. */
    private List<String> table(String name) throws SQLException {
        return sandbox.query("SELECT * FROM public." + name + " ORDER BY 1, 2").stream()
                .map(row -> String.join("|", row.stream().map(String::valueOf).toList()))
                .toList();
    }

    /** The dead letters of a feed: key, line, code, status. */
    private List<String> letters(String feed) throws SQLException {
        return caravan.lines(
                "SELECT object_key, line_number, error_code, status FROM caravan.dead_letters WHERE feed = '" + feed
                        + "' ORDER BY load_id, object_key, line_number");
    }

    private Result run(String... arguments) {
        return caravan.run(StagedBy.INSERT, arguments);
    }
}
