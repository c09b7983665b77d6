package io.caravan.app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.luben.zstd.Zstd;
import io.caravan.app.TestingCaravan.StagedBy;
import io.caravan.app.report.ExitCode;
import io.caravan.app.report.LoadReport;
import io.caravan.testing.RouteDirectory;
import io.caravan.testing.SandboxExtension;
import io.caravan.testing.TestSandbox;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the command {@code load} does to the target, the ledger and the dead letters. */
@ExtendWith(SandboxExtension.class)
class LoadIT {

    private final TestSandbox sandbox;

    @TempDir
    private Path directory;

    private RouteDirectory routes;
    private TestingCaravan caravan;

    LoadIT(TestSandbox sandbox) {
        this.sandbox = sandbox;
    }

    @BeforeEach
    void start() {
        routes = new RouteDirectory(directory.resolve("routes"));
        caravan = new TestingCaravan(
                sandbox, routes, "file:" + directory.resolve("dead-letters") + "?fileName=${header.CaravanLoadId}");
    }

    @AfterEach
    void countsAddUpAndNoDataFileStays() throws SQLException {
        assertThat(caravan.countsThatDoNotAddUp()).isEmpty();
        assertThat(caravan.dataFilesLeft()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void aFirstUploadThenItsUpdateThenTheSameAgain(StagedBy stagedBy) throws SQLException {
        String feed = table(
                "employee", stagedBy, "customer_id INTEGER NOT NULL, first_name VARCHAR(50), last_name VARCHAR(50)");
        feed(feed, "customer_id");

        putResource(feed + "/customer.csv", "customers/DATA-1/customer.csv");
        assertThat(caravan.load(stagedBy, feed)).containsExactly(feed + "/customer.csv loaded 10 10 0 0 0 0");
        putResource(feed + "/customer.csv", "customers/DATA-2/customer.csv");
        assertThat(caravan.load(stagedBy, feed)).containsExactly(feed + "/customer.csv loaded 15 4 0 10 1 0");
        putResource(feed + "/customer.csv", "customers/DATA-2/customer.csv");
        assertThat(caravan.load(stagedBy, feed)).isEmpty();

        assertThat(rows(feed, "customer_id"))
                .containsExactly(
                        "1 Sinem Aydin",
                        "2 Oliver Bennett",
                        "3 Mei Tanaka",
                        "4 Carlos Ortega",
                        "5 Amara Okafor",
                        "6 Lena Vogel",
                        "7 Ravi Menon",
                        "8 Ingrid Solberg",
                        "9 Tomasz Kowal",
                        "10 Yara Haddad",
                        "11 Mina Skywalker",
                        "12 Noah Profey",
                        "13 Anakin Skywalker",
                        "15 Anna Karanina");
        assertThat(caravan.ledger(feed))
                .containsExactly(
                        feed + "/customer.csv loaded 10 10 0 0 0 0 null",
                        feed + "/customer.csv loaded 15 4 0 10 1 0 null");
        assertThat(caravan.loads(feed)).containsExactly("loaded 1 10 10 0 0 0 0 null", "loaded 1 15 4 0 10 1 0 null");
    }

    @ParameterizedTest
    @EnumSource
    void publishedStatesChangeOnlyTheRowsThatDiffer(StagedBy stagedBy) throws SQLException {
        String feed = table(
                "frequencies",
                stagedBy,
                "id INTEGER NOT NULL, airport_ref INTEGER, airport_ident VARCHAR(20), type VARCHAR(60),"
                        + " description VARCHAR(200), frequency_mhz DECIMAL(12,4)");
        feed(feed, "id");
        List<String> loaded = new ArrayList<>();
        for (String day : List.of("07-12", "07-19", "07-30", "08-03", "08-17", "08-21")) {
            putResource(feed + "/" + day, "ourairports/airport-frequencies-2026-" + day + ".csv.gz");
            loaded.addAll(caravan.load(stagedBy, feed));
        }

        assertThat(loaded)
                .containsExactly(
                        feed + "/07-12 loaded 30315 30315 0 0 0 0",
                        feed + "/07-19 loaded 30319 4 1 30314 0 0",
                        feed + "/07-30 loaded 30320 1 0 30319 0 0",
                        feed + "/08-03 loaded 30320 0 3 30317 0 0",
                        feed + "/08-17 loaded 30338 18 3 30317 0 0",
                        feed + "/08-21 loaded 30340 2 0 30338 0 0");
        assertThat(caravan.lines("SELECT COUNT(*), COUNT(DISTINCT id) FROM public." + feed))
                .containsExactly("30340 30340");
    }

    @Test
    void everyOneOfManySmallObjectsLoads() throws SQLException {
        String feed = table("small", StagedBy.INSERT, "id INTEGER NOT NULL, name VARCHAR(20)");
        feed(feed, "id");
        IntStream.range(0, 2_500)
                .parallel()
                .forEach(i -> sandbox.put(feed + "/" + i + ".csv", "id,name\n" + i + ",n" + i + "\n"));

        assertThat(caravan.load(StagedBy.INSERT, feed))
                .hasSize(2_500)
                .allMatch(line -> line.endsWith(" loaded 1 1 0 0 0 0"));
        assertThat(caravan.load(StagedBy.INSERT, feed)).isEmpty();

        assertThat(caravan.lines("SELECT COUNT(*), COUNT(DISTINCT id), SUM(id) FROM public." + feed))
                .containsExactly("2500 2500 " + 2_499 * 2_500 / 2);
        assertThat(caravan.lines("SELECT COUNT(*), COUNT(DISTINCT object_key), COUNT(DISTINCT position)"
                        + " FROM caravan.objects WHERE outcome = 'loaded' AND feed = '" + feed + "'"))
                .containsExactly("2500 2500 2500");
        assertThat(caravan.loads(feed))
                .containsExactly(
                        "loaded 1000 1000 1000 0 0 0 0 null",
                        "loaded 1000 1000 1000 0 0 0 0 null",
                        "loaded 500 500 500 0 0 0 0 null");
    }

    @Test
    void firstAThenBThenAAgainEndsAsA() throws SQLException {
        String feed = table("aba", StagedBy.INSERT, "id INTEGER NOT NULL, name VARCHAR(20)");
        feed(feed, "id");
        for (String name : List.of("A", "B", "A")) {
            sandbox.put(feed + "/o.csv", "id,name\n1," + name + "\n");
            assertThat(caravan.load(StagedBy.INSERT, feed)).hasSize(1);
        }

        assertThat(rows(feed, "id")).containsExactly("1 A");
        assertThat(caravan.ledger(feed))
                .containsExactly(
                        feed + "/o.csv loaded 1 1 0 0 0 0 null",
                        feed + "/o.csv loaded 1 0 1 0 0 0 null",
                        feed + "/o.csv loaded 1 0 1 0 0 0 null");
    }

    @ParameterizedTest
    @EnumSource
    void theLastRowOfAKeyWinsAcrossBatchesAndObjects(StagedBy stagedBy) throws SQLException {
        String feed = table("last", stagedBy, "id INTEGER NOT NULL, name VARCHAR(20)");
        feed(feed, "id", "rowsPerBatch", "2");
        sandbox.put(feed + "/1.csv", "id,name\n1,a\n2,a\n1,b\n3,a\n1,c\n");
        sandbox.put(feed + "/2.csv", "id,name\n2,b\n4,a\n4,b\n");

        assertThat(caravan.load(stagedBy, feed))
                .containsExactlyInAnyOrder(feed + "/1.csv loaded 5 2 0 0 3 0", feed + "/2.csv loaded 3 2 0 0 1 0");
        assertThat(rows(feed, "id")).containsExactly("1 c", "2 b", "3 a", "4 b");
    }

    @ParameterizedTest
    @EnumSource
    void rejectedRowsAreInTheDeadLettersOnceAndInTheMessage(StagedBy stagedBy) throws SQLException, IOException {
        String feed = table("letters", stagedBy, "id INTEGER NOT NULL, name VARCHAR(5), day DATE");
        feed(feed, "id");
        String etag = sandbox.put(
                feed + "/a.csv",
                "id,name,day\n1,Ada,2026-01-31\nx,Bo,\n3,Cy\n4,\"D,\"\"D\",2026-02-30\n,Eve,\n6,Longer,\n7,Flo,\n");
        sandbox.put(feed + "/b.csv", "id,name,day\n8,Gus,\n");

        assertThat(caravan.load(stagedBy, feed))
                .containsExactlyInAnyOrder(feed + "/a.csv loaded 7 2 0 0 0 5", feed + "/b.csv loaded 1 1 0 0 0 0");

        assertThat(rows(feed, "id")).containsExactly("1 Ada 2026-01-31", "7 Flo null", "8 Gus null");
        String load = caravan.lines("SELECT load_id FROM caravan.loads WHERE feed = '" + feed + "'")
                .get(0);
        String place = load + " " + feed + " " + sandbox.bucket() + " " + feed + "/a.csv " + etag + " ";
        assertThat(caravan.lines("SELECT load_id, feed, bucket, object_key, etag, line_number, column_name, error_code,"
                        + " raw_record, status FROM caravan.dead_letters WHERE feed = '" + feed
                        + "' ORDER BY line_number"))
                .containsExactly(
                        place + "3 id VALUE_FORMAT x,Bo, open",
                        place + "4 null CSV_FIELD_COUNT 3,Cy open",
                        place + "5 day VALUE_OUT_OF_RANGE 4,\"D,\"\"D\",2026-02-30 open",
                        place + "6 id VALUE_NULL_KEY ,Eve, open",
                        place + "7 name VALUE_TOO_LONG 6,Longer, open");
        assertThat(caravan.lines("SELECT COUNT(*) FROM caravan.dead_letters WHERE feed = '" + feed
                        + "' AND reason <> '' AND reason NOT LIKE '%Longer%'"))
                .containsExactly("5");

        List<String> messages =
                Files.readAllLines(directory.resolve("dead-letters").resolve(load));
        assertThat(messages).hasSize(5);
        assertThat(messages.get(2))
                .startsWith("{\"load\":\"" + load + "\",\"feed\":\"" + feed + "\",\"bucket\":\"" + sandbox.bucket()
                        + "\",\"key\":\"" + feed.replace("/", "\\/") + "\\/a.csv\",\"etag\":\"" + etag
                        + "\",\"line\":5,\"column\":\"day\",\"code\":\"VALUE_OUT_OF_RANGE\",\"reason\":\"")
                .endsWith("\"raw\":\"4,\\\"D,\\\"\\\"D\\\",2026-02-30\"}");
        assertThat(filesIn(directory.resolve("dead-letters"))).containsExactly(load);
    }

    @ParameterizedTest
    @EnumSource
    void anObjectWithTooManyRejectedRowsIsRejectedWhole(StagedBy stagedBy) throws SQLException {
        String feed = table("limit", stagedBy, "id INTEGER NOT NULL, name VARCHAR(20)");
        feed(feed, "id");
        sandbox.put(feed + "/most.csv", "id,name\n1,good\n" + "x,bad\n".repeat(10_000));
        sandbox.put(feed + "/none.csv", "id,name\n" + "y,bad\n".repeat(120));
        sandbox.put(feed + "/over.csv", "id,name\n2,good\n" + "z,bad\n".repeat(10_001) + "3,good\n");

        LoadReport report = caravan.report(stagedBy, feed);

        assertThat(report.exitCode()).isEqualTo(ExitCode.REJECTED);
        assertThat(rows(feed, "id")).containsExactly("1 good");
        assertThat(caravan.lines("SELECT object_key, outcome, rows_inserted, rows_rejected, error_code FROM"
                        + " caravan.objects WHERE feed = '" + feed + "' ORDER BY object_key"))
                .startsWith(
                        feed + "/most.csv loaded 1 10000 null", feed + "/none.csv rejected 0 120 OBJECT_NO_GOOD_ROW")
                .element(2)
                .asString()
                .startsWith(feed + "/over.csv rejected 0 ")
                .endsWith(" OBJECT_TOO_MANY_REJECTED_ROWS");
        assertThat(caravan.lines("SELECT error FROM caravan.objects WHERE outcome = 'rejected' AND feed = '" + feed
                        + "' ORDER BY object_key"))
                .allMatch(error -> error.contains("see the dead letters"));
        assertThat(caravan.lines("SELECT object_key, COUNT(*), MIN(line_number), MAX(line_number) FROM"
                        + " caravan.dead_letters WHERE feed = '" + feed + "' GROUP BY object_key ORDER BY object_key"))
                .containsExactly(
                        feed + "/most.csv 10000 3 10002", feed + "/none.csv 100 2 101", feed + "/over.csv 100 3 102");
    }

    @ParameterizedTest
    @EnumSource
    void anObjectRejectedAmidItsFirstBatchKeepsItsRejectedRows(StagedBy stagedBy) throws SQLException {
        String feed = table("early", stagedBy, "id INTEGER NOT NULL, name VARCHAR(20)");
        feed(feed, "id", "maxRejectedRows", "2");
        sandbox.put(feed + "/limit.csv", "id,name\n1,good\nx,1\nx,2\nx,3\n" + "x,more\n".repeat(200));
        sandbox.put(feed + "/quote.csv", "id,name\n2,good\ny,1\n3,\"open\n");
        caravan.report(stagedBy, feed);

        assertThat(rows(feed, "id")).isEmpty();
        assertThat(caravan.lines("SELECT object_key, outcome, rows_read, rows_rejected, error_code FROM caravan.objects"
                        + " WHERE feed = '" + feed + "' ORDER BY object_key"))
                .containsExactly(
                        feed + "/limit.csv rejected 204 204 OBJECT_TOO_MANY_REJECTED_ROWS",
                        feed + "/quote.csv rejected 2 2 OBJECT_UNCLOSED_QUOTE");
        assertThat(caravan.lines("SELECT object_key, COUNT(*), MIN(line_number), MAX(line_number) FROM"
                        + " caravan.dead_letters WHERE feed = '" + feed + "' GROUP BY object_key ORDER BY object_key"))
                .containsExactly(feed + "/limit.csv 100 3 102", feed + "/quote.csv 1 3 3");
    }

    @Test
    void aRejectedObjectIsNotReadAgainUntilItChanges() throws SQLException {
        String feed = table("retry", StagedBy.INSERT, "id INTEGER NOT NULL, name VARCHAR(20)");
        feed(feed, "id");
        sandbox.put(feed + "/o.csv", "name\nno key\n");

        assertThat(caravan.load(StagedBy.INSERT, feed)).containsExactly(feed + "/o.csv rejected 0 0 0 0 0 0");
        assertThat(caravan.load(StagedBy.INSERT, feed)).isEmpty();
        sandbox.put(feed + "/o.csv", "id,name\n1,key\n");
        assertThat(caravan.load(StagedBy.INSERT, feed)).containsExactly(feed + "/o.csv loaded 1 1 0 0 0 0");

        assertThat(caravan.ledger(feed))
                .containsExactly(
                        feed + "/o.csv rejected 0 0 0 0 0 0 OBJECT_MISSING_KEY",
                        feed + "/o.csv loaded 1 1 0 0 0 0 null");
    }

    @Test
    void compressionIsKnownByTheContent() throws SQLException, IOException {
        String feed = table("packed", StagedBy.COPY, "id INTEGER NOT NULL, name VARCHAR(20)");
        feed(feed, "id");
        sandbox.put(feed + "/gzip", packed("id,name\n1,gzip\n", GZIPOutputStream::new));
        sandbox.put(feed + "/bzip2", packed("id,name\n2,bzip2\n", BZip2CompressorOutputStream::new));
        sandbox.put(feed + "/zstd", Zstd.compress("id,name\n3,zstd\n".getBytes(UTF_8)));
        sandbox.put(feed + "/plain.gz", "id,name\n4,plain\n");

        assertThat(caravan.load(StagedBy.COPY, feed)).hasSize(4);

        assertThat(rows(feed, "id")).containsExactly("1 gzip", "2 bzip2", "3 zstd", "4 plain");
    }

    @ParameterizedTest
    @EnumSource
    void keysAndPrefixesMayHoldAnyCharacter(StagedBy stagedBy) throws SQLException {
        String feed = table("odd", stagedBy, "id INTEGER NOT NULL, name VARCHAR(20)");
        String prefix = "#" + stagedBy + " +%25%&a=b?c#d;$e{f}'g'\"h\"(i)\\né,ü/";
        routes.feed(
                feed,
                "bucket",
                sandbox.bucket(),
                "prefix",
                prefix,
                "table",
                "public." + feed,
                "keys",
                "id",
                "nullString",
                "#N/A");
        List<String> names = List.of(
                "with space.csv",
                "plus+percent%20.csv",
                "quo'te\".csv",
                "line\nfeed.csv",
                "ünïcode-日本-😀.csv",
                "a&b=c?d#e.csv");
        for (int i = 0; i < names.size(); i++) {
            sandbox.put(prefix + names.get(i), "id,name\n" + i + ",#N/A\nx,bad\n");
        }
        sandbox.put("#" + stagedBy + " +%25%&a=b", "id,name\n99,outside\n");

        assertThat(caravan.load(stagedBy, feed))
                .containsExactlyInAnyOrderElementsOf(names.stream()
                        .map(name -> prefix + name + " loaded 2 1 0 0 0 1")
                        .toList());
        assertThat(caravan.load(stagedBy, feed)).isEmpty();

        assertThat(rows(feed, "id")).containsExactly("0 null", "1 null", "2 null", "3 null", "4 null", "5 null");
        assertThat(caravan.lines("SELECT object_key FROM caravan.objects WHERE feed = '" + feed + "'"))
                .containsExactlyInAnyOrderElementsOf(
                        names.stream().map(name -> prefix + name).toList());
        assertThat(caravan.lines("SELECT object_key FROM caravan.dead_letters WHERE feed = '" + feed + "'"))
                .containsExactlyInAnyOrderElementsOf(
                        names.stream().map(name -> prefix + name).toList());
    }

    @ParameterizedTest
    @EnumSource
    void theHeaderNamesTheColumnsInAnyOrderAndCase(StagedBy stagedBy) throws SQLException {
        String feed =
                table("header", stagedBy, "id INTEGER NOT NULL, name VARCHAR(20), note VARCHAR(20) DEFAULT 'none'");
        feed(feed, "ID");
        sandbox.execute("INSERT INTO public." + feed + " VALUES (1, 'old', 'kept')");
        sandbox.put(feed + "/o.csv", "NAME,Id\nnew,1\nmore,2\n");

        assertThat(caravan.load(stagedBy, feed)).containsExactly(feed + "/o.csv loaded 2 1 1 0 0 0");
        assertThat(rows(feed, "id")).containsExactly("1 new kept", "2 more none");
    }

    @ParameterizedTest
    @EnumSource
    void rowsMatchOnAllOfSeveralKeys(StagedBy stagedBy) throws SQLException {
        String feed = table("composite", stagedBy, "shop VARCHAR(10) NOT NULL, total DECIMAL(8,2), day DATE NOT NULL");
        feed(feed, "shop, day");
        sandbox.put(feed + "/1.csv", "shop,day,total\na,2026-01-01,1\na,2026-01-02,2\nb,2026-01-01,3\n");
        assertThat(caravan.load(stagedBy, feed)).containsExactly(feed + "/1.csv loaded 3 3 0 0 0 0");
        sandbox.put(
                feed + "/2.csv",
                "shop,day,total\na,2026-01-02,2.50\nb,2026-01-01,3.00\nb,2026-01-02,4\nb,2026-01-02,5\n");
        assertThat(caravan.load(stagedBy, feed)).containsExactly(feed + "/2.csv loaded 4 1 1 1 1 0");

        assertThat(rows(feed, "shop, day"))
                .containsExactly("a 1.00 2026-01-01", "a 2.50 2026-01-02", "b 3.00 2026-01-01", "b 5.00 2026-01-02");
    }

    @ParameterizedTest
    @EnumSource
    void twoFeedsMayGoIntoOneTarget(StagedBy stagedBy) throws SQLException {
        String table = table("shared", stagedBy, "id INTEGER NOT NULL, name VARCHAR(20)");
        String left = table + "_left";
        String right = table + "_right";
        for (String feed : List.of(left, right)) {
            routes.feed(
                    feed, "bucket", sandbox.bucket(), "prefix", feed + "/", "table", "public." + table, "keys", "id");
            sandbox.put(feed + "/o.csv", "id,name\n1," + feed + "\n" + feed.length() + ",own\n");
        }

        LoadReport report = caravan.report(stagedBy, left, right);

        assertThat(report.exitCode()).isEqualTo(ExitCode.DONE);
        assertThat(rows(table, "id")).containsExactly("1 " + right, left.length() + " own", right.length() + " own");
        assertThat(caravan.ledger(left)).containsExactly(left + "/o.csv loaded 2 2 0 0 0 0 null");
        assertThat(caravan.ledger(right)).containsExactly(right + "/o.csv loaded 2 1 1 0 0 0 null");
    }

    /** Creates a table and returns its name, which is also the feed's and, with a slash, its prefix. */
    private String table(String name, StagedBy stagedBy, String columns) throws SQLException {
        String table = name + "_" + stagedBy.name().toLowerCase(java.util.Locale.ROOT);
        sandbox.execute("CREATE TABLE public." + table + " (" + columns + ")");
        return table;
    }

    private void feed(String name, String keys, String... more) {
        routes.ownFeed(name, sandbox.bucket(), keys, more);
    }

    private List<String> rows(String table, String order) throws SQLException {
        return caravan.lines("SELECT * FROM public." + table + " ORDER BY " + order);
    }

    private void putResource(String key, String resource) {
        try (InputStream in = requireNonNull(LoadIT.class.getResourceAsStream("/demo/" + resource))) {
            sandbox.put(key, in.readAllBytes());
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private interface Packer {
        OutputStream pack(OutputStream out) throws IOException;
    }

    private static byte[] packed(String content, Packer packer) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream out = packer.pack(bytes)) {
            out.write(content.getBytes(UTF_8));
        }
        return bytes.toByteArray();
    }

    private static List<String> filesIn(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }
}
