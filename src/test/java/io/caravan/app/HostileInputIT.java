package io.caravan.app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.caravan.app.TestingCaravan.StagedBy;
import io.caravan.app.report.ExitCode;
import io.caravan.testing.CaravanProcess;
import io.caravan.testing.HostileInputs;
import io.caravan.testing.RouteDirectory;
import io.caravan.testing.SandboxExtension;
import io.caravan.testing.TestSandbox;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Objects that are made to break something. What is good beside them loads. */
@ExtendWith(SandboxExtension.class)
class HostileInputIT {

    private static final int HUNDRED_MEGABYTES = 100_000_000;

    @TempDir
    private Path directory;

    private final TestSandbox sandbox;

    HostileInputIT(TestSandbox sandbox) {
        this.sandbox = sandbox;
    }

    @Test
    void aFieldOfHundredMegabytesIsARejectedRowInASmallHeap() throws Exception {
        RouteDirectory routes = feed("huge_field", "id INTEGER NOT NULL, name VARCHAR(65535)");
        sandbox.put("huge_field/a.csv", join("id,name\n1,", repeated('x', HUNDRED_MEGABYTES), "\n2,good\n"));
        sandbox.put("huge_field/b.csv", "id,name\n3,good\n");

        assertThat(loadInASmallHeap(routes).exitCode()).isEqualTo(ExitCode.REJECTED);

        assertThat(rows("SELECT id FROM public.huge_field ORDER BY id")).containsExactly("2", "3");
        assertThat(rows("SELECT line_number, error_code, LEN(raw_record) < 65536 FROM caravan.dead_letters"
                        + " WHERE feed = 'huge_field'"))
                .containsExactly("2 CSV_RECORD_TOO_LONG t");
    }

    @Test
    void aQuotedFieldOfHundredMegabytesIsTakenForAMissingQuote() throws Exception {
        RouteDirectory routes = feed("huge_quoted", "id INTEGER NOT NULL, name VARCHAR(65535)");
        sandbox.put("huge_quoted/a.csv", join("id,name\n1,\"", repeated('x', HUNDRED_MEGABYTES), "\"\n2,good\n"));
        sandbox.put("huge_quoted/b.csv", "id,name\n3,good\n");

        assertThat(loadInASmallHeap(routes).exitCode()).isEqualTo(ExitCode.REJECTED);

        assertThat(rows("SELECT id FROM public.huge_quoted ORDER BY id")).containsExactly("3");
        assertThat(rejections("huge_quoted")).containsExactly("huge_quoted/a.csv OBJECT_UNCLOSED_QUOTE");
        assertThat(rows("SELECT error FROM caravan.objects WHERE feed = 'huge_quoted' AND outcome = 'rejected'"))
                .first()
                .asString()
                .contains("maxRecordChars");
    }

    @Test
    void aFewBytesThatDecompressToAnyNumberAreRejected() throws Exception {
        RouteDirectory routes = feed("bomb", "id INTEGER NOT NULL", "maxDecompressedBytes", "5000000");
        sandbox.put("bomb/a.csv.gz", gzip("id\n", repeated('1', HUNDRED_MEGABYTES)));
        sandbox.put("bomb/b.csv.gz", gzip("id\n", repeated("7\n", 100)));

        assertThat(loadInASmallHeap(routes).exitCode()).isEqualTo(ExitCode.REJECTED);

        assertThat(rejections("bomb")).containsExactly("bomb/a.csv.gz OBJECT_TOO_LARGE");
        assertThat(rows("SELECT error FROM caravan.objects WHERE feed = 'bomb' AND outcome = 'rejected'"))
                .first()
                .asString()
                .contains("5000000")
                .contains("maxDecompressedBytes");
        assertThat(rows("SELECT id FROM public.bomb")).containsExactly("7");
    }

    @ParameterizedTest
    @EnumSource
    void hundredThousandColumnsAreRejected(StagedBy stagedBy) throws SQLException {
        String feed = "wide_" + stagedBy.name().toLowerCase(Locale.ROOT);
        TestingCaravan caravan = new TestingCaravan(sandbox, feed(feed, "id INTEGER NOT NULL, name VARCHAR(10)"));
        String many = new String(repeated(",x", 99_999), UTF_8);
        sandbox.put(feed + "/a.csv", "id" + many + "\n1\n");
        sandbox.put(feed + "/b.csv", "id,name\n1" + many + "\n2,good\n");

        assertThat(caravan.load(stagedBy, feed))
                .containsExactly(feed + "/a.csv rejected 0 0 0 0 0 0", feed + "/b.csv loaded 2 1 0 0 0 1");
        assertThat(rows("SELECT error_code FROM caravan.dead_letters WHERE feed = '" + feed + "'"))
                .containsExactly("CSV_FIELD_COUNT");
    }

    @ParameterizedTest
    @EnumSource
    void textIsKeptAsItIsWhateverItLooksLike(StagedBy stagedBy) throws SQLException {
        String feed = "formula_" + stagedBy.name().toLowerCase(Locale.ROOT);
        TestingCaravan caravan = new TestingCaravan(sandbox, feed(feed, "id INTEGER NOT NULL, name VARCHAR(200)"));
        List<String> texts = List.of(
                "=1+1",
                "@SUM(A1:A9)",
                "-2+3+cmd|' /C calc'!A0",
                "'; DROP TABLE public." + feed + "; --",
                "\\N",
                "NULL",
                "@@",
                "${env:HOME} {{user.home}} #{1+1}",
                "<script>alert(1)</script>");
        StringBuilder object = new StringBuilder("id,name\n");
        for (int i = 0; i < texts.size(); i++) {
            object.append(i).append(",\"").append(texts.get(i)).append("\"\n");
        }
        object.append("100,nul\0byte\n");
        sandbox.put(feed + "/a.csv", object.toString());

        caravan.load(stagedBy, feed);

        assertThat(rows("SELECT name FROM public." + feed + " ORDER BY id")).isEqualTo(texts);
        assertThat(rows("SELECT error_code, raw_record FROM caravan.dead_letters WHERE feed = '" + feed + "'"))
                .containsExactly("VALUE_CHARACTER 100,nul\\x00byte");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"\"\"; DROP TABLE public.header_sql; --\"",
                "public.header_other.id",
                "\"caravan\"\".\"\"loads\"",
                "id = 1 OR 1",
                "caravan_object"
            })
    void aHeaderIsOnlyEverComparedWithTheColumnsOfTheTarget(String name) throws SQLException {
        String feed = "header_" + Integer.toHexString(name.hashCode());
        TestingCaravan caravan = new TestingCaravan(sandbox, feed(feed, "id INTEGER NOT NULL"));
        sandbox.put(feed + "/a.csv", "id," + name + "\n1,2\n");

        caravan.load(StagedBy.INSERT, feed);

        assertThat(rejections(feed)).containsExactly(feed + "/a.csv OBJECT_UNKNOWN_COLUMN");
        assertThat(rows("SELECT COUNT(*) FROM public." + feed)).containsExactly("0");
    }

    @ParameterizedTest
    @EnumSource
    void aColumnMayHaveAnyName(StagedBy stagedBy) throws SQLException {
        String feed = "names_" + stagedBy.name().toLowerCase(Locale.ROOT);
        TestingCaravan caravan = new TestingCaravan(
                sandbox, feed(feed, "id INTEGER NOT NULL, \"\"\"; drop table x; --\" INTEGER, \"select\" INTEGER"));
        sandbox.put(feed + "/a.csv", "id,\"\"\"; DROP TABLE x; --\",select\n1,2,3\n");
        caravan.load(stagedBy, feed);
        sandbox.put(feed + "/b.csv", "id,\"\"\"; DROP TABLE x; --\",select\n1,20,3\n");

        assertThat(caravan.load(stagedBy, feed)).containsExactly(feed + "/b.csv loaded 1 0 1 0 0 0");
        assertThat(rows("SELECT * FROM public." + feed)).containsExactly("1 20 3");
    }

    @Test
    void theProcessServesOnWhateverStrangersSend() throws Exception {
        long seed = Long.getLong("caravan.hostile.seed", System.nanoTime());
        System.out.println("theProcessServesOnWhateverStrangersSend, seed " + seed);
        try (HostileService service = new HostileService(sandbox, directory, seed)) {
            service.storeObjects();
            service.start();
            service.checkObjects();
            service.sendMessages();
            service.sendRequests();
            service.changeRouteFiles();
            service.stop();
            assertThat(service.tried()).as("seed %d", seed).isEqualTo(HostileInputs.counts());
        }
    }

    private RouteDirectory feed(String name, String columns, String... parameters) throws SQLException {
        sandbox.execute("CREATE TABLE public." + name + " (" + columns + ")");
        RouteDirectory routes = new RouteDirectory(directory.resolve(name));
        routes.ownFeed(name, sandbox.bucket(), "id", parameters);
        return routes;
    }

    private CaravanProcess.Result loadInASmallHeap(RouteDirectory routes) {
        Map<String, String> environment = new HashMap<>(sandbox.environment());
        environment.put("CARAVAN_ROUTES_DIRECTORY", routes.path().toString());
        environment.put("JAVA_TOOL_OPTIONS", "-Xmx160m");
        return CaravanProcess.run(directory, environment, "load");
    }

    private List<String> rejections(String feed) throws SQLException {
        return rows("SELECT object_key, error_code FROM caravan.objects WHERE feed = '" + feed
                + "' AND outcome = 'rejected'");
    }

    private List<String> rows(String query) throws SQLException {
        return sandbox.query(query).stream()
                .map(row -> String.join(" ", row.stream().map(String::valueOf).toList()))
                .toList();
    }

    private static byte[] repeated(char character, int times) {
        byte[] bytes = new byte[times];
        Arrays.fill(bytes, (byte) character);
        return bytes;
    }

    private static byte[] repeated(String text, int times) {
        return text.repeat(times).getBytes(UTF_8);
    }

    private static byte[] join(String head, byte[] middle, String tail) {
        ByteArrayOutputStream all = new ByteArrayOutputStream(middle.length + 100);
        all.writeBytes(head.getBytes(UTF_8));
        all.writeBytes(middle);
        all.writeBytes(tail.getBytes(UTF_8));
        return all.toByteArray();
    }

    private static byte[] gzip(String head, byte[] tail) {
        ByteArrayOutputStream compressed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(compressed)) {
            gzip.write(head.getBytes(UTF_8));
            gzip.write(tail);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return compressed.toByteArray();
    }
}
