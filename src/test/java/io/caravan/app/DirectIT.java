package io.caravan.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.luben.zstd.Zstd;
import io.caravan.app.TestingCaravan.StagedBy;
import io.caravan.testing.RememberedLog;
import io.caravan.testing.RouteDirectory;
import io.caravan.testing.SandboxExtension;
import io.caravan.testing.TestSandbox;
import io.caravan.testing.TestingGateway;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Objects that the warehouse reads by itself, and those that it leaves: table, counts and dead letters are those of the same
 * objects read by Caravan.
 */
@ExtendWith(SandboxExtension.class)
class DirectIT {

    private static final String PLAIN = "id INTEGER NOT NULL, name VARCHAR(20), qty INTEGER";
    private static final String LEDGER =
            "outcome, rows_read, rows_inserted, rows_updated, rows_unchanged, rows_superseded,"
                    + " rows_rejected, error_code, etag, header";

    private final TestSandbox sandbox;

    @TempDir
    private Path directory;

    private RouteDirectory routes;
    private TestingCaravan caravan;

    /** The log of the last load of a feed whose objects the warehouse may read. */
    private List<String> said = List.of();

    DirectIT(TestSandbox sandbox) {
        this.sandbox = sandbox;
    }

    @BeforeEach
    void start() {
        routes = new RouteDirectory(directory.resolve("routes"));
        caravan = new TestingCaravan(sandbox, routes);
    }

    @Test
    void plainObjectsAreReadByTheWarehouse() throws SQLException {
        assertThat(throughCaravan(
                        "plain",
                        PLAIN,
                        Map.of(
                                "a", utf8("id,name,qty\n1,a,1\n2,b,\n"),
                                "b", utf8("id,name,qty\n2,Löwe,3\n3,,4"),
                                "c", utf8("id,name,qty\n4,a b ,4\n\n\n")),
                        "keys",
                        "id"))
                .isZero();
        assertThat(rows("plain_direct")).containsExactly("1 a 1", "2 Löwe 3", "3 null 4", "4 a b  4");
    }

    /** Of which only the first bytes and the last ones are looked at. */
    @Test
    void aLargeObjectIsReadByTheWarehouseWhateverItEndsWith() throws SQLException {
        StringBuilder records = new StringBuilder("id,name,qty\n");
        for (int id = 1; id <= 5_000; id++) {
            records.append(id).append(",abcdefghijkl,").append(id % 7).append('\n');
        }
        assertThat(throughCaravan(
                        "large",
                        PLAIN,
                        Map.of(
                                "a", utf8(records.toString()),
                                "b", utf8(records + "\n\n"),
                                "c", utf8(records + "5001,last,1")),
                        "keys",
                        "id"))
                .isZero();
        assertThat(rows("large_direct")).hasSize(5_001);
    }

    /** COPY may well stop at the end of the first stream, and nothing would tell. */
    @Test
    void whatIsCompressedIsReadHere() throws SQLException, IOException {
        assertThat(throughCaravan(
                        "packed",
                        PLAIN,
                        Map.of(
                                "a", concat(gzip("id,name,qty\n1,a,1\n"), gzip("2,b,2\n")),
                                "b",
                                        concat(
                                                Zstd.compress(utf8("id,name,qty\n3,c,3\n")),
                                                Zstd.compress(utf8("4,d,4\n"))),
                                "c", concat(bzip2("id,name,qty\n5,e,5\n"), bzip2("6,f,6\n"))),
                        "keys",
                        "id"))
                .isOne();
        assertThat(rows("packed_direct")).containsExactly("1 a 1", "2 b 2", "3 c 3", "4 d 4", "5 e 5", "6 f 6");
    }

    @Test
    void anObjectWithoutAHeaderIsReadByTheWarehouse() throws SQLException {
        assertThat(throughCaravan(
                        "bare",
                        PLAIN,
                        Map.of("a", utf8("1\ta b\t1\n2\tNULL\t2\n3\t\tNULL\n4\tsaid \"so\"\t4\n")),
                        "keys",
                        "id",
                        "header",
                        "false",
                        "delimiter",
                        "tab",
                        "quote",
                        "none",
                        "nullString",
                        "NULL"))
                .isZero();
        assertThat(rows("bare_direct")).containsExactly("1 a b 1", "2 null 2", "3  null", "4 said \"so\" 4");
    }

    @Test
    void whatStandsAroundRowsIsNoRow() throws SQLException {
        assertThat(throughCaravan(
                        "around",
                        PLAIN,
                        Map.of("a", utf8("title\nid,name,qty\nunit,,\n# c\n1,a,1\ntotal,,1\n")),
                        "keys",
                        "id",
                        "skipLines",
                        "1",
                        "skipAfterHeader",
                        "1",
                        "skipLastLines",
                        "1",
                        "comment",
                        "#"))
                .isOne();
        assertThat(rows("around_direct")).containsExactly("1 a 1");
        throughCaravan(
                "edges",
                "id VARCHAR(9), name VARCHAR(20), qty VARCHAR(9)",
                Map.of(
                        "a", utf8("id,name,qty,\n1,a,1\n2,b,2\n"),
                        "b", utf8("id,name,qty,\n3,a,1,\n4,b,2,x\n"),
                        "c", utf8("id,name,qty\n5,a,1,\n6,b,2,\n"),
                        "d", utf8("sep=,\nid,name,qty\n7,a,1\n"),
                        "e", utf8("id,name,qty\n8,a,1\nID,Name,QTY\n9,b\n")),
                "keys",
                "id",
                "shortRows",
                "null");
        assertThat(rows("edges_direct"))
                .containsExactly("1 a 1", "2 b 2", "3 a 1", "5 a 1", "6 b 2", "7 a 1", "8 a 1", "9 b null");
        throughCaravan(
                "named",
                "id VARCHAR(9), full_name VARCHAR(20)",
                Map.of("a", utf8("1,a,x\nid,full name,x\n2,b,x\n")),
                "keys",
                "id",
                "header",
                "id,full name,x",
                "names",
                "snake",
                "schema",
                "ignore");
        assertThat(rows("named_direct")).containsExactly("1 a", "2 b");
    }

    /** Of one load, so that what is staged before and after such an object stays. */
    @Test
    void rejectedRowsComeWithTheirLinesAndTheirText() throws SQLException {
        long through = throughCaravan(
                "refused",
                PLAIN,
                Map.of(
                        "a", utf8("id,name,qty\n1,a,1\n"),
                        "b", utf8("id,name,qty\n2,b,2\nx,c,3\n4,d\n5,\"e\"e,5\n6,aaaaaaaaaaaaaaaaaaaaaaaaa,6\n,f,7\n"),
                        "c", utf8("id,name,qty\n1,z,2\n2,y,3\n"),
                        "d", utf8("id,name,colour\n7,g,red\n"),
                        "e", utf8("")),
                "keys",
                "id");

        assertThat(through).isOne();
        assertThat(rows("refused_direct")).containsExactly("1 z 2", "2 y 3");
        assertThat(caravan.lines(
                        "SELECT line_number, raw_record FROM caravan.dead_letters WHERE feed = 'refused_direct'"
                                + " AND line_number > 0 ORDER BY 1"))
                .containsExactly("3 x,c,3", "4 4,d", "5 5,\"e\"e,5", "6 6,aaaaaaaaaaaaaaaaaaaaaaaaa,6", "7 ,f,7");
    }

    /** Each is a value, or none, in a way that COPY does not tell. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "1,\"\",1\n2,b,2\n",
                "1,a,1\n2,\"b\"\"c\",2\n",
                "1,b\"c,1\n",
                "1,\"two\nlines\",1\n",
                "1,a,01 \n2,b,+2\n",
                "1,a,1\n1,b,2\n",
                "1,a,1,\n2,b,2\n",
                "1,a,1\n2,b\r,2\n",
                "1,a,1\r\n2,b,2\r\n",
                "1,a,1\n\n2,b,2\n",
                "1,\"a, b\",1\n2,b,2\n",
                "1,a,1\n2,b\u0000c,2\n"
            })
    void whatCopyDoesNotTellIsReadHere(String records) throws SQLException {
        String name = "doubt" + Integer.toHexString(records.hashCode());

        assertThat(throughCaravan(name, PLAIN, Map.of("a", utf8("id,name,qty\n" + records)), "keys", "id"))
                .isOne();
    }

    /** Whatever COPY leaves out of a record, and wherever that adds up to the bytes of something else. */
    @Test
    void whatCopyCutsIsReadHere() throws SQLException {
        sandbox.execute("SET caravan.cut_at_nul TO 'on'");
        try {
            assertThat(throughCaravan(
                            "cut",
                            "id INTEGER NOT NULL, qty INTEGER, name VARCHAR(20)",
                            Map.of(
                                    "a", utf8("id,qty,name\n1,1,a\n2,2,b\u0000cut\n3,3,c\n"),
                                    "b", utf8("id,qty,name\n4,4,a\n5,5,b\u0000"),
                                    "c", utf8("id,qty,name\n6,6,\u0000\n7,7,\n"),
                                    "d", utf8("id,qty,name\n8,8,a\n\u0000\n9,9,b\n"),
                                    "e", utf8("id,qty,name\n10,10,a\r\n11,11,b\u0000\n"),
                                    "f", utf8("id,qty,name\n12,12\u0000,a\n13,1\u00003,b\n"),
                                    "g", utf8("id,qty,name\n14,14,\"a\u0000b\"\n15,15,c\n"),
                                    "h", utf8("id,qty,name\n16,16,a\n17,17,b\u0000\n\n")),
                            "keys",
                            "id"))
                    .isOne();
        } finally {
            sandbox.execute("SET caravan.cut_at_nul TO 'off'");
        }
        assertThat(rows("cut_direct"))
                .containsExactly(
                        "1 1 a", "10 10 a", "15 15 c", "16 16 a", "3 3 c", "4 4 a", "7 7 null", "8 8 a", "9 9 b");
    }

    @Test
    void headersThatCopyWouldCountOtherwiseAreReadHere() throws SQLException {
        assertThat(throughCaravan(
                        "headers",
                        "id VARCHAR(20), name VARCHAR(20), qty VARCHAR(20)",
                        Map.of(
                                "a", utf8("\nid,name,qty\n1,a,1\n"),
                                "b", utf8("\uFEFFid,name,qty\n2,b,2\n"),
                                "c", utf8("id,name,\"qty\n\"\n3,c,3\n"),
                                "d", utf8("id,name,qty")),
                        "keys",
                        "id"))
                .isOne();
        assertThat(rows("headers_direct")).containsExactly("1 a 1", "2 b 2", "3 c 3");
    }

    @Test
    void whatJoiningLeavesIsReadHere() throws SQLException {
        assertThat(throughCaravan(
                        "joined",
                        "id VARCHAR(20), name VARCHAR(20)",
                        Map.of(
                                "a", utf8("id,name\n1,a\nid,name\n2,b\n"),
                                "b", utf8("id,name\n3,\"c\"\n\uFEFF\"id\",name\n4,d\n"),
                                "c", utf8("id,name\n5,e\n\uFEFF6,f\n"),
                                "d", utf8("id,name\n7,name\nid,g\n")),
                        "keys",
                        "id"))
                .isOne();
        assertThat(rows("joined_direct")).containsExactly("1 a", "2 b", "3 c", "4 d", "5 e", "6 f", "7 name", "id g");
        assertThat(throughCaravan(
                        "joined_bare",
                        "id VARCHAR(20), name VARCHAR(20)",
                        Map.of("a", utf8("1,a\n\uFEFF2,b\n"), "b", utf8("3,c\n\uFEFF\"4\",d\n")),
                        "keys",
                        "id",
                        "header",
                        "false"))
                .isOne();
        assertThat(rows("joined_bare_direct")).containsExactly("1 a", "2 b", "3 c", "4 d");
    }

    /** What COPY has read may be either version, or nothing of them. */
    @Test
    void anObjectThatChangesWhileCopyReadsItIsLeftToALaterLoad() throws SQLException, IOException {
        feed("turncoat", PLAIN, Map.of(), "prefix", "turncoat", "keys", "id", "staging", "direct");
        sandbox.put("turncoat", "id,name,qty\n1,a,1\n");
        List<Integer> looks = new ArrayList<>();
        try (TestingGateway gateway = new TestingGateway(sandbox.sandbox().s3Endpoint())) {
            caravan.useS3At(gateway.endpoint());
            // The feed lists it, and so does who copies: before and after.
            gateway.beforeListing(sandbox.bucket(), "turncoat", () -> {
                looks.add(looks.size() + 1);
                if (looks.size() == 3) {
                    sandbox.put("turncoat", "id,name,qty\n1,b,2\n");
                }
            });
            assertThat(caravan.report(StagedBy.COPY, "turncoat").failures()).isEmpty();
            assertThat(looks).hasSizeGreaterThan(2);

            gateway.pass();
            assertThat(caravan.report(StagedBy.COPY, "turncoat").failures()).isEmpty();
        } finally {
            caravan.useSandbox();
        }
        assertThat(rows("turncoat")).containsExactly("1 b 2");
        assertThat(caravan.ledger("turncoat")).containsExactly("turncoat loaded 1 1 0 0 0 0 null");
    }

    /** COPY takes a key for the beginning of keys. */
    @Test
    void aKeyWithWhichAnotherBeginsIsReadHere() throws SQLException {
        assertThat(throughCaravan(
                        "begins",
                        PLAIN,
                        Map.of("a", utf8("id,name,qty\n1,a,1\n"), "ab", utf8("id,name,qty\n2,b,2\n")),
                        "keys",
                        "id"))
                .isOne();
        assertThat(rows("begins_direct")).containsExactly("1 a 1", "2 b 2");
    }

    @Test
    void aFeedThatNeedsEachRowIsReadHere() throws SQLException {
        assertThat(throughCaravan(
                        "rules",
                        PLAIN,
                        Map.of("a", utf8("id,name,qty\n1,a,1\n2,b,20\n")),
                        "keys",
                        "id",
                        "rules",
                        "qty: between 1 and 10"))
                .isOne();
    }

    /** COPY of the rows that passed through Caravan is done again without some: those that the warehouse has read stay. */
    @Test
    void whatIsStagedDirectlyStaysWhenCopyRefusesOtherRows() throws SQLException {
        sandbox.execute("SET caravan.fail_next TO 'copy_refusal 1204 venom'");

        assertThat(throughCaravan(
                        "venom",
                        PLAIN,
                        Map.of(
                                "a", utf8("id,name,qty\n1,a,1\n"),
                                "b", utf8("id,name,qty\n2,b,2\n3,venom,3\n"),
                                "c", utf8("id,name,qty\n4,d,4\n")),
                        "keys",
                        "id"))
                .isOne();
        assertThat(rows("venom_direct")).containsExactly("1 a 1", "2 b 2", "4 d 4");
    }

    @Test
    void randomObjectsAreTheSameEitherWay() throws SQLException {
        long seed = Long.getLong("caravan.seed", new Random().nextLong());
        System.out.println("caravan.seed=" + seed);
        Random random = new Random(seed);
        for (String mode : List.of("upsert", "append")) {
            Map<String, byte[]> objects = new LinkedHashMap<>();
            for (int i = 0; i < 40; i++) {
                objects.put(String.format(Locale.ROOT, "%03d", i), utf8(new RandomTypes(random).object()));
            }
            long through = throughCaravan(
                    "random_" + mode,
                    RandomTypes.COLUMNS,
                    objects,
                    "keys",
                    mode.equals("append") ? "" : "id",
                    "mode",
                    mode);
            assertThat(through)
                    .as(() -> "seed " + seed + "; the load said " + said + "; the warehouse says " + history())
                    .isOne();
        }
    }

    /**
     * Loads the objects twice, into two tables, and compares.
     *
     * @return how often COPY has read data files with rows for the feed whose objects the warehouse may read
     */
    private long throughCaravan(String name, String columns, Map<String, byte[]> objects, String... parameters)
            throws SQLException {
        feed(name + "_copy", columns, objects, parameters);
        feed(
                name + "_direct",
                columns,
                objects,
                Stream.concat(Stream.of("staging", "direct"), Stream.of(parameters))
                        .toArray(String[]::new));

        assertThat(caravan.report(StagedBy.COPY, name + "_copy").failures()).isEmpty();
        long before = copies();
        try (RememberedLog log = new RememberedLog()) {
            assertThat(caravan.report(StagedBy.COPY, name + "_direct").failures())
                    .isEmpty();
            said = log.messages();
        }
        long after = copies();

        assertThat(rows(name + "_direct")).isEqualTo(rows(name + "_copy"));
        assertThat(ledger(name + "_direct")).isEqualTo(ledger(name + "_copy"));
        assertThat(deadLetters(name + "_direct")).isEqualTo(deadLetters(name + "_copy"));
        assertThat(caravan.countsThatDoNotAddUp()).isEmpty();
        assertThat(caravan.dataFilesLeft()).isEmpty();
        return Math.min(1, after - before);
    }

    private void feed(String name, String columns, Map<String, byte[]> objects, String... parameters)
            throws SQLException {
        sandbox.execute("CREATE TABLE public." + name + " (" + columns + ")");
        List<String> all =
                new ArrayList<>(List.of("bucket", sandbox.bucket(), "prefix", name + "/", "table", "public." + name));
        all.addAll(List.of(parameters));
        routes.feed(name, all.toArray(String[]::new));
        new TreeMap<>(objects).forEach((key, content) -> sandbox.put(name + "/" + key, content));
    }

    private long copies() throws SQLException {
        return sandbox.query("SELECT query_id FROM sys_load_history WHERE TRIM(table_name) = 'caravan_rows'")
                .size();
    }

    /** Returns what COPY has done last, for people who want to know why it has not done what was expected. */
    private List<String> history() {
        try {
            return caravan.lines(
                    "SELECT query_id, status, table_name, loaded_rows, source_file_count, data_source, start_time"
                            + " FROM sys_load_history ORDER BY query_id DESC LIMIT 50");
        } catch (SQLException e) {
            return List.of(e.toString());
        }
    }

    private List<String> rows(String table) throws SQLException {
        return caravan.lines("SELECT * FROM public." + table).stream().sorted().toList();
    }

    private List<String> ledger(String feed) throws SQLException {
        return caravan.lines("SELECT SPLIT_PART(object_key, '/', 2), " + LEDGER + " FROM caravan.objects WHERE feed = '"
                + feed + "' ORDER BY position");
    }

    private List<String> deadLetters(String feed) throws SQLException {
        return caravan.lines("SELECT SPLIT_PART(object_key, '/', 2), line_number, column_name, error_code, raw_record"
                + " FROM caravan.dead_letters WHERE feed = '" + feed + "' ORDER BY 1, 2");
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] concat(byte[] first, byte[] second) {
        byte[] both = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }

    private static byte[] gzip(String text) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream out = new GZIPOutputStream(bytes)) {
            out.write(utf8(text));
        }
        return bytes.toByteArray();
    }

    private static byte[] bzip2(String text) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream out = new BZip2CompressorOutputStream(bytes)) {
            out.write(utf8(text));
        }
        return bytes.toByteArray();
    }
}
