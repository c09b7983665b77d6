package io.caravan.app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.luben.zstd.ZstdOutputStream;
import io.caravan.app.TestingCaravan.StagedBy;
import io.caravan.app.report.ExitCode;
import io.caravan.testing.CaravanProcess;
import io.caravan.testing.RouteDirectory;
import io.caravan.testing.SandboxExtension;
import io.caravan.testing.TestSandbox;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** However wide the rows of an object are, a small heap is enough for them. */
@ExtendWith(SandboxExtension.class)
class SmallHeapIT {

    private static final int MOST_STARTS = 5;

    private static final String WIDE = "VARCHAR(65535)";

    /** As many characters as a record may have, in columns that a table may have. */
    private static final int MOST_CHARS = 16 * 1024 * 1024;

    private static final int LONG_COLUMNS = 270;

    /** One of three bytes, so that a text takes two bytes of memory a character. */
    private static final String EURO = "\u20ac";

    private final TestSandbox sandbox;

    @TempDir
    private Path directory;

    private RouteDirectory routes;
    private String suffix = "";

    SmallHeapIT(TestSandbox sandbox) {
        this.sandbox = sandbox;
    }

    @BeforeEach
    void start() {
        routes = new RouteDirectory(directory.resolve("routes"));
    }

    @ParameterizedTest
    @EnumSource
    void isEnoughForRowsOfAnyWidth(StagedBy stagedBy) throws Exception {
        suffix = "_" + stagedBy.name().toLowerCase(Locale.ROOT);
        boolean isCopy = stagedBy == StagedBy.COPY;
        String good = good();
        String rejected = rejected();
        String longest = longest();
        if (isCopy) {
            refused();
        }

        assertThat(load(stagedBy).exitCode()).isEqualTo(ExitCode.REJECTED);

        assertThat(sandbox.lines("SELECT COUNT(*), SUM(LEN(a)), SUM(LEN(b)) FROM public." + good))
                .containsExactly("1116 71500000 71500000");
        assertThat(sandbox.lines("SELECT id FROM public." + rejected)).containsExactly("1");
        assertThat(deadLetters(rejected)).containsExactly("VALUE_FORMAT 1400");
        assertThat(sandbox.lines("SELECT id FROM public." + longest + " ORDER BY id"))
                .containsExactly("1", "2");
        assertThat(deadLetters(longest)).containsExactly("CSV_RECORD_TOO_LONG 4");
        assertThat(sandbox.lines("SELECT error_code FROM caravan.objects WHERE feed = '" + longest
                        + "' AND outcome = 'rejected'"))
                .containsExactly("OBJECT_HEADER");
        if (isCopy) {
            assertThat(deadLetters("refused" + suffix)).containsExactly("VALUE_REFUSED_BY_COPY 400");
            int letters = 1400 + 4 + 400;
            // The end of a process waits ten seconds for the endpoint; what is left then, the next one sends.
            for (int next = 1; next <= MOST_STARTS && lettersAtTheEndpoint() < letters; next++) {
                assertThat(load(stagedBy).exitCode()).isEqualTo(ExitCode.DONE);
            }
            assertThat(lettersAtTheEndpoint()).isEqualTo(letters);
        }
    }

    /** Rows of 130 KB, behind sixteen objects that are read ahead. */
    private String good() throws SQLException {
        String feed = feed("good", "id INTEGER NOT NULL, a " + WIDE + ", b " + WIDE);
        for (int i = 0; i < 16; i++) {
            sandbox.put(feed + "/" + (char) ('a' + i) + ".csv", "id,a,b\n-" + (i + 1) + ",,\n");
        }
        String wide = "y".repeat(65_000);
        put(feed + "/z.csv.zst", zstd("id,a,b\n", 1100, i -> i + "," + wide + "," + wide + "\n"));
        return feed;
    }

    private String rejected() throws SQLException {
        String feed = feed("rejected", "id INTEGER NOT NULL, a " + WIDE);
        String wide = EURO + "z".repeat(65_000);
        put(feed + "/a.csv.gz", gzip("id,a\n1,good\n", 1400, i -> "bad" + i + "," + wide + "\n"));
        return feed;
    }

    /** Rows that validation lets through and COPY refuses. */
    private void refused() throws SQLException {
        String feed = feed("refused", "id INTEGER NOT NULL, a " + WIDE + ", b " + WIDE);
        String wide = "poison" + EURO.repeat(20_000);
        put(feed + "/a.csv.zst", zstd("id,a,b\n0,good,\n", 400, i -> (1 + i) + "," + wide + "," + wide + "\n"));
        sandbox.execute("SET caravan.fail_next TO 'copy_refusal 1204 poison'");
    }

    /** Records that are as long as they may be, one after another: of many wide fields, of one field, quoted, and as a header. */
    private String longest() throws SQLException {
        List<String> columns =
                IntStream.range(0, LONG_COLUMNS).mapToObj(i -> "c" + i).toList();
        String feed = feed(
                "longest",
                columns.stream()
                        .map(column -> column + " " + WIDE)
                        .collect(joining(", ", "id INTEGER NOT NULL, ", "")));
        String header = "id," + String.join(",", columns) + "\n";
        String wide = ("," + "x".repeat(62_000)).repeat(LONG_COLUMNS) + "\n";
        String many = ("," + EURO.repeat(21_000)).repeat(LONG_COLUMNS) + "\n";
        put(
                feed + "/a.csv.gz",
                gzip(
                        header,
                        3,
                        i -> i == 0 ? "7" + wide : i == 1 ? "8" + many : "1,x" + ",".repeat(LONG_COLUMNS - 1) + "\n"));
        String field = EURO.repeat(MOST_CHARS - 100);
        put(
                feed + "/b.csv.gz",
                gzip("id,c0\n", 3, i -> i == 0 ? "9," + field + "\n" : i == 1 ? "9,\"\"\"" + field + "\"\n" : "2,x\n"));
        put(feed + "/c.csv.gz", gzip("id," + field + "\n", 1, i -> "3,x\n"));
        return feed;
    }

    private String feed(String name, String columns) throws SQLException {
        String feed = name + suffix;
        sandbox.execute("CREATE TABLE public." + feed + " (" + columns + ")");
        // What is easy to make is easy to compress.
        routes.ownFeed(feed, sandbox.bucket(), "id", "maxDecompressionRatio", "1000000");
        return feed;
    }

    private CaravanProcess.Result load(StagedBy stagedBy) {
        Map<String, String> environment = new HashMap<>(sandbox.environment());
        if (stagedBy == StagedBy.INSERT) {
            environment.keySet().removeIf(name -> name.startsWith("CARAVAN_STAGING_"));
        } else {
            environment.put("CARAVAN_DEAD_LETTER_URI", "file:" + endpoint() + "?fileName=${header.CaravanLoadId}");
        }
        List<String> options = List.of("-Xmx160m", "-XX:+CrashOnOutOfMemoryError", "-XX:-CreateCoredumpOnCrash");
        try (CaravanProcess load = CaravanProcess.start(directory, environment, options, "load")) {
            return new CaravanProcess.Result(load.exitCode(), load.stdout(), load.stderr());
        }
    }

    private List<String> deadLetters(String feed) throws SQLException {
        return sandbox.lines("SELECT error_code, COUNT(*) FROM caravan.dead_letters WHERE feed = '" + feed
                + "' GROUP BY error_code");
    }

    private Path endpoint() {
        return directory.resolve("letters");
    }

    private long lettersAtTheEndpoint() throws IOException {
        try (Stream<Path> messages = Files.list(endpoint())) {
            return messages.mapToLong(SmallHeapIT::lines).sum();
        }
    }

    private static long lines(Path file) {
        try (Stream<String> lines = Files.lines(file)) {
            return lines.count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void put(String key, byte[] content) {
        sandbox.put(key, content);
    }

    private static byte[] zstd(String head, int rows, IntFunction<String> row) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream out = new ZstdOutputStream(bytes)) {
            write(out, head, rows, row);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static byte[] gzip(String head, int rows, IntFunction<String> row) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream out = new GZIPOutputStream(bytes)) {
            write(out, head, rows, row);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static void write(OutputStream out, String head, int rows, IntFunction<String> row) throws IOException {
        out.write(head.getBytes(UTF_8));
        for (int i = 0; i < rows; i++) {
            out.write(row.apply(i).getBytes(UTF_8));
        }
    }
}
