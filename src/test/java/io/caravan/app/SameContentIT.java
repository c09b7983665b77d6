package io.caravan.app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.caravan.app.TestingCaravan.StagedBy;
import io.caravan.testing.RouteDirectory;
import io.caravan.testing.SandboxExtension;
import io.caravan.testing.TestSandbox;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Bytes that are loaded once are not loaded again, whatever ETag they have; and those of another key are told. */
@ExtendWith(SandboxExtension.class)
class SameContentIT {

    private static final String ROWS = "id,name\n1,a\n2,b\nx,bad\n";

    private final TestSandbox sandbox;

    @TempDir
    private Path directory;

    private RouteDirectory routes;
    private TestingCaravan caravan;

    SameContentIT(TestSandbox sandbox) {
        this.sandbox = sandbox;
    }

    @BeforeEach
    void start() {
        routes = new RouteDirectory(directory.resolve("routes"));
        caravan = new TestingCaravan(sandbox, routes);
    }

    /** A mode, with what else a feed says. */
    public record Kind(String name, StagedBy stagedBy, List<String> parameters) {

        @Override
        public String toString() {
            return name + " " + parameters;
        }
    }

    static Stream<Kind> kinds() {
        return Stream.of(
                new Kind("append", StagedBy.INSERT, List.of("mode", "append")),
                new Kind("append_copied", StagedBy.COPY, List.of("mode", "append")),
                new Kind("upsert", StagedBy.INSERT, List.of()),
                new Kind("insert_only", StagedBy.INSERT, List.of("mode", "insert-only")),
                new Kind("replace", StagedBy.INSERT, List.of("mode", "replace")),
                new Kind("mirror", StagedBy.COPY, List.of("mode", "mirror", "maxDeletedRatio", "1")),
                new Kind("history", StagedBy.INSERT, List.of("mode", "history")),
                new Kind("changes", StagedBy.INSERT, List.of("mode", "changes")),
                new Kind("remembering", StagedBy.COPY, List.of("mode", "upsert", "rememberRows", "true")),
                new Kind("direct", StagedBy.COPY, List.of("mode", "append", "staging", "direct")),
                new Kind("kept", StagedBy.INSERT, List.of("keepSuperseded", "true")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("kinds")
    void sameContentUploadedAgainChangesNothing(Kind kind) throws SQLException {
        String name = "again_" + kind.name();
        feed(name, kind.parameters());
        String text = kind.name().equals("direct") ? "id,name\n1,a\n2,b\n" : ROWS;
        String rejected = text.equals(ROWS) ? "1" : "0";
        long read = text.lines().count() - 1;
        String first = sandbox.put(name + "/a.csv", text);
        assertThat(caravan.load(kind.stagedBy(), name))
                .containsExactly(name + "/a.csv loaded " + read + " 2 0 0 0 " + rejected);
        List<String> table = caravan.lines("SELECT * FROM public." + name + " ORDER BY 1");

        assertThat(sandbox.putInParts(name + "/a.csv", text)).isNotEqualTo(first);
        String unchanged = name + "/a.csv unchanged " + read + " 0 0 " + read + " 0 0";
        assertThat(caravan.load(kind.stagedBy(), name)).containsExactly(unchanged);
        assertThat(caravan.load(kind.stagedBy(), name)).isEmpty();
        sandbox.put(name + "/a.csv", text);
        assertThat(caravan.load(kind.stagedBy(), name)).containsExactly(unchanged);

        assertThat(caravan.lines("SELECT * FROM public." + name + " ORDER BY 1"))
                .isEqualTo(table);
        assertThat(caravan.lines("SELECT COUNT(*) FROM caravan.dead_letters WHERE feed = '" + name + "'"))
                .containsExactly(rejected);
        assertThat(caravan.lines("SELECT DISTINCT rows_read - rows_unchanged FROM caravan.objects WHERE feed = '" + name
                        + "' AND outcome = 'unchanged'"))
                .containsExactly("0");

        sandbox.put(name + "/a.csv", "id,name\n1,a\n2,c\n");
        assertThat(caravan.load(kind.stagedBy(), name)).hasSize(1).allMatch(line -> line.contains(" loaded 2 "));
        sandbox.putInParts(name + "/a.csv", text);
        assertThat(caravan.load(kind.stagedBy(), name))
                .as("what was loaded before another version")
                .hasSize(1)
                .allMatch(line -> line.contains(" loaded " + read + " "));
    }

    @Test
    void compressedBytesAreComparedAsTheyAreStored() throws SQLException {
        feed("packed", List.of("mode", "append"));
        sandbox.put("packed/a.csv.gz", gzip("id,name\n1,a\n"));
        caravan.load(StagedBy.INSERT, "packed");
        sandbox.putInParts("packed/a.csv.gz", gzip("id,name\n1,a\n"));
        assertThat(caravan.load(StagedBy.INSERT, "packed")).containsExactly("packed/a.csv.gz unchanged 1 0 0 1 0 0");
        assertThat(caravan.lines("SELECT DISTINCT content_sha256 FROM caravan.objects WHERE feed = 'packed'"))
                .containsExactly(sha256(gzip("id,name\n1,a\n")));
    }

    @Test
    void aRejectedObjectARearmedOneAndASkippedOneLoadAgain() throws SQLException {
        feed("settled", List.of("mode", "append"));
        sandbox.put("settled/a.csv", "id,colour\n1,red\n");
        sandbox.put("settled/b.csv", "id,name\n1,a\n");
        assertThat(caravan.load(StagedBy.INSERT, "settled"))
                .containsExactly("settled/a.csv rejected 0 0 0 0 0 0", "settled/b.csv loaded 1 1 0 0 0 0");
        sandbox.execute("ALTER TABLE public.settled ADD COLUMN colour VARCHAR(8)");
        sandbox.putInParts("settled/a.csv", "id,colour\n1,red\n");
        assertThat(caravan.load(StagedBy.INSERT, "settled")).containsExactly("settled/a.csv loaded 1 1 0 0 0 0");
        caravan.run(StagedBy.INSERT, "objects", "rearm", "--feed", "settled", "--key", "settled/b.csv");
        sandbox.putInParts("settled/b.csv", "id,name\n1,a\n");
        assertThat(caravan.load(StagedBy.INSERT, "settled")).containsExactly("settled/b.csv loaded 1 1 0 0 0 0");
    }

    @Test
    void whatLoadedOnceIsNotRejectedWhenItIsStoredAgain() throws SQLException {
        feed("narrowed", List.of("mode", "append"));
        sandbox.put("narrowed/a.csv", "id,name\n1,a\n");
        caravan.load(StagedBy.INSERT, "narrowed");
        sandbox.execute("ALTER TABLE public.narrowed DROP COLUMN name");
        sandbox.putInParts("narrowed/a.csv", "id,name\n1,a\n");
        assertThat(caravan.load(StagedBy.INSERT, "narrowed")).containsExactly("narrowed/a.csv unchanged 0 0 0 0 0 0");
        assertThat(caravan.run(StagedBy.INSERT, "objects", "list", "--feed", "narrowed")
                        .stdout())
                .contains("unchanged");
    }

    /** A load of an older release, or one that the warehouse has read by itself, has left no hash. */
    @Test
    void withoutAHashTheMd5OfASingleUploadDecides() throws SQLException {
        feed("older", List.of("mode", "append"));
        for (String key : List.of("older/single.csv", "older/parts.csv")) {
            String text = "id,name\n1," + key + "\n";
            if (key.contains("single")) {
                sandbox.put(key, text);
            } else {
                sandbox.putInParts(key, text);
            }
        }
        caravan.load(StagedBy.INSERT, "older");
        sandbox.execute("UPDATE caravan.objects_public_older SET content_sha256 = NULL");
        sandbox.putInParts("older/single.csv", "id,name\n1,older/single.csv\n");
        sandbox.put("older/parts.csv", "id,name\n1,older/parts.csv\n");
        assertThat(caravan.load(StagedBy.INSERT, "older"))
                .containsExactlyInAnyOrder(
                        "older/single.csv unchanged 1 0 0 1 0 0", "older/parts.csv loaded 1 1 0 0 0 0");
    }

    @Test
    void severalObjectsOfOneLoadAreJudgedEachByItself() throws SQLException {
        feed("group", List.of("mode", "append"));
        for (int i = 0; i < 5; i++) {
            sandbox.put("group/" + i, "id,name\n" + i + ",a\n");
        }
        caravan.load(StagedBy.COPY, "group");
        for (int i = 0; i < 5; i++) {
            sandbox.putInParts("group/" + i, "id,name\n" + i + (i % 2 == 0 ? ",a\n" : ",b\n"));
        }
        sandbox.put("group/5", "id,name\n5,a\n");
        assertThat(caravan.load(StagedBy.COPY, "group"))
                .containsExactlyInAnyOrder(
                        "group/0 unchanged 1 0 0 1 0 0",
                        "group/1 loaded 1 1 0 0 0 0",
                        "group/2 unchanged 1 0 0 1 0 0",
                        "group/3 loaded 1 1 0 0 0 0",
                        "group/4 unchanged 1 0 0 1 0 0",
                        "group/5 loaded 1 1 0 0 0 0");
        assertThat(caravan.lines("SELECT COUNT(*) FROM public.\"group\"")).containsExactly("8");
    }

    @Test
    void whatIsTheSameUnderAnotherKeyIsLoadedAndTold() throws SQLException {
        feed("told", List.of("mode", "append"));
        sandbox.put("told/a.csv", "id,name\n1,a\n");
        caravan.load(StagedBy.INSERT, "told");
        sandbox.put("told/b.csv", "id,name\n1,a\n");
        sandbox.put("told/c.csv", "id,name\n1,c\n");
        assertThat(caravan.load(StagedBy.INSERT, "told"))
                .containsExactlyInAnyOrder("told/b.csv loaded 1 1 0 0 0 0", "told/c.csv loaded 1 1 0 0 0 0");
        assertThat(caravan.lines("SELECT object_key, same_content_as FROM caravan.objects WHERE feed = 'told'"
                        + " ORDER BY object_key"))
                .containsExactly("told/a.csv null", "told/b.csv told/a.csv", "told/c.csv null");
        assertThat(caravan.run(StagedBy.INSERT, "objects", "list", "--feed", "told", "--format", "json")
                        .stdout())
                .contains("\"same content as\": \"told/a.csv\"");
    }

    @Test
    void whatIsTheSameUnderAnotherKeyCanBeLeftOut() throws SQLException {
        feed("skipping", List.of("mode", "append", "repeatedContent", "skip"));
        sandbox.put("skipping/a.csv", ROWS);
        sandbox.put("skipping/b.csv", ROWS);
        assertThat(caravan.load(StagedBy.COPY, "skipping"))
                .containsExactly("skipping/a.csv loaded 3 2 0 0 0 1", "skipping/b.csv unchanged 3 0 0 3 0 0");
        sandbox.put("skipping/c.csv", ROWS);
        assertThat(caravan.load(StagedBy.COPY, "skipping")).containsExactly("skipping/c.csv unchanged 3 0 0 3 0 0");
        assertThat(caravan.lines("SELECT object_key, same_content_as FROM caravan.objects WHERE feed = 'skipping'"
                        + " ORDER BY object_key"))
                .containsExactly(
                        "skipping/a.csv null", "skipping/b.csv skipping/a.csv", "skipping/c.csv skipping/b.csv");
        assertThat(caravan.lines("SELECT COUNT(*) FROM public.skipping")).containsExactly("2");
        assertThat(caravan.lines("SELECT COUNT(*) FROM caravan.dead_letters WHERE feed = 'skipping'"))
                .containsExactly("1");
    }

    private void feed(String name, List<String> parameters) throws SQLException {
        boolean isHistory = parameters.contains("history");
        sandbox.execute("CREATE TABLE public.\"" + name + "\" (id INTEGER, name VARCHAR(20)"
                + (isHistory ? ", valid_from TIMESTAMP, valid_to TIMESTAMP, is_current BOOLEAN" : "") + ")");
        List<String> all = new ArrayList<>(List.of(
                "bucket", sandbox.bucket(), "prefix", name + "/", "table", "public." + name.toLowerCase(Locale.ROOT)));
        all.addAll(List.of("keys", "id"));
        all.addAll(parameters);
        routes.feed(name, all.toArray(String[]::new));
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] gzip(String text) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream out = new GZIPOutputStream(bytes)) {
            out.write(text.getBytes(UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }
}
