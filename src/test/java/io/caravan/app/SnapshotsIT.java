package io.caravan.app;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.caravan.app.TestingCaravan.StagedBy;
import io.caravan.app.report.LoadReport;
import io.caravan.model.ledger.LoadRecord;
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
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A row of the target is never deleted, marked or ended because its new value is bad: what each mode that takes rows away does
 * to a table when a snapshot has rejected rows, by each way of staging.
 */
@ExtendWith(SandboxExtension.class)
class SnapshotsIT {

    /** A mode that takes rows away, its parameters, more columns of its table, and which rows count as there. */
    private enum Taking {
        MIRROR("mode mirror", "", "1 = 1"),
        MARKING("mode mirror deletedColumn gone", ", gone BOOLEAN", "gone IS NULL OR gone = FALSE"),
        STAMPING("mode mirror deletedColumn gone", ", gone TIMESTAMP", "gone IS NULL"),
        HISTORY(
                "mode history closeMissing true",
                ", valid_from TIMESTAMP, valid_to TIMESTAMP, is_current BOOLEAN",
                "is_current = TRUE AND valid_to IS NULL"),
        REPLACE("mode replace", "", "1 = 1");

        private final String parameters;
        private final String columns;
        private final String live;

        Taking(String parameters, String columns, String live) {
            this.parameters = parameters;
            this.columns = columns;
            this.live = live;
        }
    }

    /** A way to bring rows to the warehouse, and its parameter. */
    private enum Way {
        COPY(StagedBy.COPY, "staging auto"),
        INSERT(StagedBy.INSERT, "staging auto"),
        DIRECT(StagedBy.COPY, "staging direct"),
        REMEMBERING(StagedBy.COPY, "rememberRows true");

        private final StagedBy stagedBy;
        private final String parameters;

        Way(StagedBy stagedBy, String parameters) {
            this.stagedBy = stagedBy;
            this.parameters = parameters;
        }
    }

    private static final String COLUMNS = "id INTEGER, code VARCHAR(8), name VARCHAR(12), n INTEGER NOT NULL";

    /** No rules, and no constants, would let the warehouse read objects by itself. */
    private static final List<String> RULED =
            List.of("rules", "name: matches [a-z0-9]+", "constants", "region=eu", "keys", "region,code,id");

    /** Records whose matching keys cannot be read, in ISO 8859-1: bytes from 0x80 on are no UTF-8. */
    private static final List<String> UNREADABLE = List.of(
            "x,k,bad,1",
            ",k,null,1",
            "11,k,short",
            "11,k,long,11,11",
            "11,\"k\"k,quoted,11",
            "11,k\u00ff,charset,11",
            "11,k\0,nul,11",
            "11,much too long,code,11",
            "11,k," + "long".repeat(40) + ",11");

    /** Before the warehouse reads an object by itself, two seconds must have gone by; so that is tried only once. */
    static Stream<Arguments> combinations() {
        return Stream.of(Taking.values()).flatMap(mode -> Stream.of(Way.values())
                .filter(way -> way == Way.COPY || way == Way.INSERT || mode == Taking.MIRROR)
                .map(way -> Arguments.of(mode, way)));
    }

    private final TestSandbox sandbox;

    @TempDir
    private Path directory;

    private RouteDirectory routes;
    private TestingCaravan caravan;
    private int objects;

    SnapshotsIT(TestSandbox sandbox) {
        this.sandbox = sandbox;
    }

    @BeforeEach
    void start() throws SQLException {
        routes = new RouteDirectory(directory.resolve("routes"));
        caravan = new TestingCaravan(sandbox, routes);
        sandbox.execute("SET caravan.fail_next TO 'copy_refusal 1204 poison'");
    }

    @ParameterizedTest(name = "{0}, {1}")
    @MethodSource("combinations")
    void aRowStaysAsItWasIfItsNewValueIsBad(Taking mode, Way way) throws SQLException {
        String feed = ("bad_" + mode + "_" + way).toLowerCase(Locale.ROOT);
        feed(feed, mode, way);
        load(
                feed,
                way,
                """
                1,k,one,1
                2,"k ",two,2
                3,k,three,3
                4,k,four,4
                5,k,five,5
                6,k,six,6
                7,k,seven,7
                8,k,eight,8
                9,k,nine,9
                10,k,ten,10
                11,k,eleven,11
                12,k,twelve,12
                """);

        LoadRecord load = load(
                feed,
                way,
                "1,k,changed,1\n"
                        + "2,k,format,x\n"
                        + "3,k,much too long,3\n"
                        + "4,k,missing,\n"
                        + (way == Way.DIRECT ? "5,k,five,y\n" : "5,k,RULE,5\n")
                        + "6,k,n\0l,6\n"
                        + "7,k,\u00ff,7\n"
                        + (way == Way.INSERT ? "8,k,bad,y\n" : "8,k,poison,8\n")
                        + "10,k,format,x\n"
                        + "10,k,good,10\n"
                        + "11,k,eleven,11\n"
                        + "11,k,format,x\n"
                        + "12,k,twelve,12\n"
                        + "13,k,new,13\n"
                        + "14,k,format,x\n");

        assertThat(rows(feed, mode))
                .containsExactly(
                        "1 changed 1",
                        "2 two 2",
                        "3 three 3",
                        "4 four 4",
                        "5 five 5",
                        "6 six 6",
                        "7 seven 7",
                        "8 eight 8",
                        "10 good 10",
                        "11 eleven 11",
                        "12 twelve 12",
                        "13 new 13");
        assertThat(load.counts().rejected()).isEqualTo(10);
        // Of those that stay, replace counts no row as deleted; of the others all, as it inserts all rows that it has.
        assertThat(load.counts().deleted()).isEqualTo(mode == Taking.REPLACE ? 5 : 1);
    }

    @ParameterizedTest(name = "{0}, {1}")
    @MethodSource("combinations")
    void nothingIsTakenAwayIfNobodyKnowsWhichRowIsBad(Taking mode, Way way) throws SQLException {
        String feed = ("which_" + mode + "_" + way).toLowerCase(Locale.ROOT);
        feed(feed, mode, way);
        String rest = IntStream.rangeClosed(2, 9)
                .mapToObj(i -> i + ",k,same," + i + "\n")
                .collect(Collectors.joining());
        load(feed, way, "1,k,a,1\n" + rest + "11,k,b,11\n");
        List<String> same = rows(feed, mode).subList(1, 10);

        boolean all = mode == Taking.MIRROR && way == Way.INSERT;
        for (String record : all ? UNREADABLE : UNREADABLE.subList(0, 1)) {
            String name = "v" + objects;
            LoadRecord load = load(feed, way, "1,k," + name + ",1\n" + rest + record + "\n");

            assertThat(load.counts().rejected()).as(record).isEqualTo(1);
            assertThat(rows(feed, mode))
                    .as(record)
                    .isEqualTo(Stream.concat(Stream.of("1 " + name + " 1"), same.stream())
                            .toList());
        }

        load(feed, way, "1,k,z,1\n" + rest);
        assertThat(rows(feed, mode)).hasSize(9).startsWith("1 z 1").doesNotContain("11 b 11");
    }

    @ParameterizedTest
    @EnumSource
    void whatStaysIsNoReasonToRejectTheObject(Taking mode) throws SQLException {
        String feed = "guard_" + mode.name().toLowerCase(Locale.ROOT);
        feed(feed, mode, Way.INSERT);
        load(feed, Way.INSERT, "1,k,a,1\n2,k,b,2\n3,k,c,3\n4,k,d,4\n5,k,e,5\n");

        assertThat(load(feed, Way.INSERT, "1,k,aa,1\n2,k,b,x\n3,k,c,x\n4,k,d,x\n")
                        .objects())
                .allSatisfy(entry -> assertThat(entry.errorCode()).isNull());
        assertThat(rows(feed, mode)).containsExactly("1 aa 1", "2 b 2", "3 c 3", "4 d 4");

        assertThat(load(feed, Way.INSERT, "1,k,a,1\n2,k,b,x\n").objects())
                .allSatisfy(entry -> assertThat(entry.errorCode()).hasToString("OBJECT_DELETES_TOO_MUCH"));
        assertThat(rows(feed, mode)).containsExactly("1 aa 1", "2 b 2", "3 c 3", "4 d 4");
    }

    @Test
    void theLogSaysThatNothingIsTakenAwayAndWhy() throws SQLException {
        feed("logged", Taking.MIRROR, Way.COPY);
        load("logged", Way.COPY, "1,k,a,1\n2,k,b,2\n");
        sandbox.put("logged/z.csv", "id,code,name,n\n1,k,c,1\n,k,e,3\n2,k\n");

        CaravanProcess.Result result = CaravanProcess.run(directory, sandbox.environment(), "load");

        assertThat(result.stdout() + result.stderr())
                .containsOnlyOnce("logged/z.csv has 2 rejected rows whose matching keys could not be read")
                .containsPattern("WARN.*logged/z.csv has 2 rejected rows");
        assertThat(rows("logged", Taking.MIRROR)).containsExactly("1 c 1", "2 b 2");
    }

    /** What a table and its object have, and what becomes of them; the table has the rows 1 to 10. */
    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    a header alone                    |           |     |                             | 10 | OBJECT_DELETES_TOO_MUCH
                    a header alone, with keys         | keys=id   |     |                             | 10 | OBJECT_DELETES_TOO_MUCH
                    a header alone, if it may         |           | 1   |                             | 0  |
                    far fewer rows                    |           |     | 1 2 3 4 5 6 7               | 10 | OBJECT_DELETES_TOO_MUCH
                    far fewer rows, if they may       |           | 0.3 | 1 2 3 4 5 6 7               | 7  |
                    hardly fewer rows                 |           |     | 1 2 3 4 5 6 7 8             | 8  |
                    as many other rows                |           | 0   | 11 12 13 14 15 16 17 18 19 20 | 10 |
                    more rows                         |           | 0   | 1 2 3 4 5 6 7 8 9 10 11     | 11 |
                    a row that is bad                 |           |     | 1 2 3 4 5 6 7 8 9 x         | 10 | OBJECT_DELETES_TOO_MUCH
                    a row that is bad, if rows may go |           | 1   | 1 2 3 4 5 6 7 8 9 x         | 9  |
                    a row that is bad, with keys      | keys=id   |     | 1 2 3 4 5 6 7 8 9 x         | 10 |
                    """)
    void replaceTakesNoTableAwayForAnObjectThatMayBeCutShort(
            String what,
            @Nullable String keys,
            @Nullable String ratio,
            @Nullable String ids,
            int left,
            @Nullable String error)
            throws SQLException {
        String feed = "replaced_" + what.replaceAll("[^a-z]", "_");
        sandbox.execute("CREATE TABLE public." + feed + " (id INTEGER)");
        List<String> parameters = new ArrayList<>(List.of(
                "bucket", sandbox.bucket(), "prefix", feed + "/", "table", "public." + feed, "mode", "replace"));
        if (keys != null) {
            parameters.addAll(List.of(keys.split("=")));
        }
        if (ratio != null) {
            parameters.addAll(List.of("maxDeletedRatio", ratio));
        }
        routes.feed(feed, parameters.toArray(String[]::new));
        // A table without rows has none to lose: there, a header alone and a bad row are no matter.
        for (String first : List.of("id\n", "id\n1\n2\n3\n4\n5\n6\n7\n8\n9\n10\nx\n")) {
            sandbox.put(feed + "/" + (char) ('a' + objects++) + ".csv", first);
            assertThat(caravan.report(StagedBy.COPY, feed).loads())
                    .flatExtracting(LoadRecord::objects)
                    .allSatisfy(entry -> assertThat(entry.errorCode()).isNull());
        }

        sandbox.put(feed + "/z.csv", "id\n" + (ids == null ? "" : ids.replace(' ', '\n') + "\n"));
        LoadReport report = caravan.report(StagedBy.COPY, feed);

        assertThat(report.loads())
                .flatExtracting(LoadRecord::objects)
                .singleElement()
                .satisfies(
                        entry -> assertThat(String.valueOf(entry.errorCode())).isEqualTo(String.valueOf(error)));
        assertThat(sandbox.lines("SELECT COUNT(*) FROM public." + feed)).containsExactly(String.valueOf(left));
    }

    private void feed(String name, Taking mode, Way way) throws SQLException {
        boolean ruled = way != Way.DIRECT;
        sandbox.execute("CREATE TABLE public." + name + " (" + COLUMNS + (ruled ? ", region VARCHAR(4)" : "")
                + mode.columns + ")");
        List<String> parameters =
                new ArrayList<>(List.of("bucket", sandbox.bucket(), "prefix", name + "/", "table", "public." + name));
        parameters.addAll(ruled ? RULED : List.of("keys", "code,id"));
        parameters.addAll(List.of("maxRecordChars", "120", "rowsPerBatch", "4"));
        parameters.addAll(List.of(mode.parameters.split(" ")));
        parameters.addAll(List.of(way.parameters.split(" ")));
        routes.feed(name, parameters.toArray(String[]::new));
    }

    private LoadRecord load(String feed, Way way, String rows) {
        sandbox.put(
                String.format(Locale.ROOT, "%s/%02d.csv", feed, objects++),
                ("id,code,name,n\n" + rows).getBytes(ISO_8859_1));
        LoadReport report = caravan.report(way.stagedBy, feed);
        assertThat(report.failures()).isEmpty();
        assertThat(report.loads()).hasSize(1);
        return report.loads().get(0);
    }

    private List<String> rows(String table, Taking mode) throws SQLException {
        return sandbox.lines("SELECT id, RTRIM(name), n FROM public." + table + " WHERE " + mode.live + " ORDER BY id");
    }
}
