package io.caravan.app;

import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.caravan.app.TestingCaravan.StagedBy;
import io.caravan.app.report.ExitCode;
import io.caravan.app.report.LoadReport;
import io.caravan.testing.CaravanProcess.Result;
import io.caravan.testing.RouteDirectory;
import io.caravan.testing.SandboxExtension;
import io.caravan.testing.TestSandbox;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Text arrives as its writer meant it, whatever program wrote it, and whoever joined objects to one. */
@ExtendWith(SandboxExtension.class)
class TextIT {

    private static final String MARK = "\uFEFF";

    private final TestSandbox sandbox;
    private final List<Case> cases = new ArrayList<>();

    @TempDir
    private Path directory;

    private RouteDirectory routes;
    private TestingCaravan caravan;

    TextIT(TestSandbox sandbox) {
        this.sandbox = sandbox;
    }

    @BeforeEach
    void start() {
        routes = new RouteDirectory(directory.resolve("routes"));
        caravan = new TestingCaravan(sandbox, routes);
    }

    /** A feed with one object, the rows that its table has after a load, and what is rejected. */
    private record Case(String feed, List<String> rows, List<String> rejected) {}

    @ParameterizedTest
    @EnumSource
    void rowsAreWhatTheObjectSays(StagedBy stagedBy) throws SQLException, IOException {
        String way = stagedBy.name().toLowerCase(Locale.ROOT);
        // Joined objects: their byte order marks, and their headers.
        add(
                "marks_" + way,
                "code VARCHAR(10), name VARCHAR(20)",
                (MARK + "A1,Anna\n" + MARK + "B2,Bo\n" + MARK + MARK + "\"C,3\"," + MARK + "Cy\n").getBytes(UTF_8),
                List.of("A1|Anna", "B2|Bo", "C,3|" + MARK + "Cy"),
                List.of(),
                "header",
                "false");
        // What spreadsheets leave: thousands of lines of nothing but delimiters, and before the header too.
        add(
                "blank_" + way,
                "id INTEGER NOT NULL, a VARCHAR(10), n INTEGER",
                (",,\nid,a,n\n1,x,5\n" + ",,\n".repeat(10_001) + ",,,,\n2,y,6\n,\"\",\n,,\n").getBytes(UTF_8),
                List.of("1|x|5", "2|y|6"),
                List.of("10007 VALUE_NULL ,\"\","));
        add(
                "packed_" + way,
                "code VARCHAR(10), name VARCHAR(20)",
                gzip(MARK + "code,name\r\nA1,Anna\r\n", MARK + "\"code\",\"name\"\r\n\"B2\",Bo\r\n"),
                List.of("A1|Anna", "B2|Bo"),
                List.of());
        add(
                "wide_" + way,
                "code VARCHAR(10), name VARCHAR(20)",
                (MARK + "code,name\nA1,Ä\n" + MARK + "code,name\n\"B2\",Bo\n").getBytes(UTF_16LE),
                List.of("A1|Ä", "B2|Bo"),
                List.of(),
                "charset",
                "UTF-16");
        add(
                "typed_" + way,
                "id INTEGER, name VARCHAR(5), qty INTEGER",
                "Nr,name,qty\n1,Anna,3\nNr,name,qty\nx,Bo,4\n3,\"two\nlines\",5\n4,Cy,5\n".getBytes(UTF_8),
                List.of("1|Anna|3", "4|Cy|5"),
                List.of("4 VALUE_FORMAT x,Bo,4", "5 VALUE_TOO_LONG 3,\"two\nlines\",5"),
                "columns",
                "Nr=id");
        // As databases write text.
        add(
                "postgres_" + way,
                "id INTEGER, a VARCHAR(40), n INTEGER",
                "1\tline one\\nline two\t5\n2\t\\N\t6\n3\ttab\\there \\\\ done\t\\N\n4\t\"q\" \\\n\\303\\251\t\n\\.\n"
                        .getBytes(UTF_8),
                List.of("1|line one\nline two|5", "2|null|6", "3|tab\there \\ done|null", "4|\"q\" \né|null"),
                List.of(),
                "header",
                "false",
                "delimiter",
                "tab",
                "escape",
                "postgres");
        add(
                "mysql_" + way,
                "id INTEGER, a VARCHAR(40), n INTEGER",
                "id,a,n\n1,\"a\\nb\\\"c\\\\\",\\N\n2,\\N,1\n3,\\Z\\'N\\t,2\n4,,3\n5,x\\0y,4\n".getBytes(UTF_8),
                List.of("1|a\nb\"c\\|null", "2|null|1", "3|\u001A'N\t|2", "4||3"),
                List.of("6 VALUE_CHARACTER 5,x\\0y,4"),
                "escape",
                "mysql");
        add(
                "backslash_" + way,
                "id INTEGER, a VARCHAR(40), n INTEGER",
                "id|a|n\n1|a\\|b\\\nc\\\\|\n2|C:\\temp|1\n3|b|2\n4|\\N|\n".getBytes(UTF_8),
                List.of("1|a¦b\nc\\|null", "3|b|2"),
                List.of("4 CSV_ESCAPE 2|C:\\temp|1", "6 CSV_ESCAPE 4|\\N|"),
                "delimiter",
                "pipe",
                "quote",
                "none",
                "escape",
                "backslash");
        // Years of two digits, and fractions of seven.
        add(
                "years_" + way,
                "id INTEGER, born DATE, at TIMESTAMP",
                "id,born,at\n1,1/5/99,31.12.49 23:59:58.1234560\n2,1/5/1929,01.01.50\n3,2/29/30,\n4,,31.12.49 00:00:00.0000001\n"
                        .getBytes(UTF_8),
                List.of("1|1999-01-05|2049-12-31 23:59:58.123456", "2|1929-01-05|1950-01-01 00:00:00"),
                List.of("4 VALUE_OUT_OF_RANGE 3,2/29/30,", "5 VALUE_TOO_PRECISE 4,,31.12.49 00:00:00.0000001"),
                "formats",
                "born=[M/d/yyyy][M/d/yy] from 1930; at=dd.MM.yy[ HH:mm:ss.SSSSSSS] from 1950");

        LoadReport report =
                caravan.report(stagedBy, cases.stream().map(Case::feed).toArray(String[]::new));

        assertThat(report.failures()).isEmpty();
        for (Case expected : cases) {
            assertThat(caravan.lines("SELECT * FROM public." + expected.feed()).stream()
                            .map(row -> row.replace(" ", "·"))
                            .sorted())
                    .as(expected.feed())
                    .isEqualTo(expected.rows().stream()
                            .map(row -> row.replace("|", "·").replace(" ", "·").replace("¦", "|"))
                            .toList());
            assertThat(caravan.lines(
                            "SELECT line_number, error_code, raw_record FROM caravan.dead_letters WHERE feed = '"
                                    + expected.feed() + "' ORDER BY line_number"))
                    .as(expected.feed())
                    .isEqualTo(expected.rejected());
        }
        assertThat(caravan.countsThatDoNotAddUp()).isEmpty();
    }

    /** A dead letter that is the header again, from before such were skipped, is done with when it is replayed. */
    @Test
    void aReplayedHeaderIsNoRow() throws SQLException {
        sandbox.execute("CREATE TABLE public.again (id INTEGER, name VARCHAR(5))");
        routes.ownFeed("again", sandbox.bucket(), "id", "columns", "Nr=id");
        sandbox.put("again/a.csv", "Nr,name\n1,a\nNr,long name\n2,too long\nNr,longer name\n");
        assertThat(caravan.load(StagedBy.COPY, "again")).containsExactly("again/a.csv loaded 4 1 0 0 0 3");
        sandbox.execute(
                "UPDATE caravan.dead_letters SET raw_record = 'Nr,\"name\"' WHERE feed = 'again' AND line_number <> 4");
        sandbox.execute("ALTER TABLE public.again ALTER COLUMN name TYPE VARCHAR(20)");

        Result replay = caravan.run(StagedBy.COPY, "dead-letters", "replay", "--feed", "again");

        assertThat(replay.stderr()).isEmpty();
        assertThat(replay.exitCode()).isEqualTo(ExitCode.DONE);
        assertThat(caravan.lines("SELECT * FROM public.again ORDER BY id")).containsExactly("1 a", "2 too long");
        assertThat(caravan.lines(
                        "SELECT line_number, status FROM caravan.dead_letters WHERE feed = 'again' ORDER BY 1"))
                .containsExactly("3 replayed", "4 replayed", "5 replayed");
        assertThat(caravan.countsThatDoNotAddUp()).isEmpty();
    }

    @Test
    void aTableIsMadeOfRowsAlone() throws SQLException {
        routes.ownFeed("joined", sandbox.bucket(), "id", "createTable", "true");
        sandbox.put("joined/a.csv", MARK + "id,name,qty\n1,Anna,3\n" + MARK + "id,name,qty\n2,Bo,4\n");

        assertThat(caravan.load(StagedBy.COPY, "joined")).containsExactly("joined/a.csv loaded 2 2 0 0 0 0");
        assertThat(caravan.lines("SELECT column_name, data_type FROM svv_columns WHERE table_name = 'joined' ORDER BY"
                        + " ordinal_position"))
                .containsExactly("id integer", "name character varying", "qty integer");
    }

    @Test
    void aCenturyThatNobodySaysIsAMistakeOfTheFeed() throws SQLException {
        sandbox.execute("CREATE TABLE public.young (id INTEGER, born DATE)");
        routes.ownFeed("young", sandbox.bucket(), "id", "formats", "born=M/d/yy");

        Result check = caravan.run(StagedBy.COPY, "check");

        assertThat(check.exitCode()).isEqualTo(ExitCode.INVALID);
        assertThat(check.stdout() + check.stderr())
                .containsPattern("table public\\.young +invalid ")
                .contains("M/d/yy from 1930");
    }

    private void add(
            String feed, String columns, byte[] object, List<String> rows, List<String> rejected, String... parameters)
            throws SQLException {
        sandbox.execute("CREATE TABLE public." + feed + " (" + columns + ")");
        routes.ownFeed(
                feed,
                sandbox.bucket(),
                "",
                Stream.concat(Stream.of("mode", "append"), Stream.of(parameters))
                        .toArray(String[]::new));
        sandbox.put(feed + "/o", object);
        cases.add(new Case(feed, rows, rejected));
    }

    /** As two streams, one after the other. */
    private static byte[] gzip(String... members) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (String member : members) {
            try (OutputStream out = new GZIPOutputStream(bytes)) {
                out.write(member.getBytes(UTF_8));
            }
        }
        return bytes.toByteArray();
    }
}
