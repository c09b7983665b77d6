package io.caravan.app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import io.caravan.app.TestingCaravan.StagedBy;
import io.caravan.app.action.CheckEverything;
import io.caravan.app.report.CheckResult;
import io.caravan.app.report.LoadReport;
import io.caravan.testing.RouteDirectory;
import io.caravan.testing.SandboxExtension;
import io.caravan.testing.TestSandbox;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Nothing makes a table that is no table, or columns that are none. */
@ExtendWith(SandboxExtension.class)
class NewTablesIT {

    private static final String HTML =
            """
            <!DOCTYPE html>
            <html><body>
            <h1>403 Forbidden</h1>
            </body></html>
            """;

    private static final String NO_CSV = "store the CSV";

    private final TestSandbox sandbox;

    @TempDir
    private Path directory;

    NewTablesIT(TestSandbox sandbox) {
        this.sandbox = sandbox;
    }

    /** A feed of its own: what it has, and what is to become of it. */
    private static final class Case {

        private final String name;
        private final List<String> parameters = new ArrayList<>(List.of("createTable", "true"));
        private final Map<String, byte[]> objects = new LinkedHashMap<>();
        private String expected = "";

        Case(String name) {
            this.name = name;
        }

        Case with(String... more) {
            parameters.addAll(Arrays.asList(more));
            return this;
        }

        Case put(String key, byte[] content) {
            objects.put(name + "/" + key, content);
            return this;
        }

        Case put(String key, String content) {
            return put(key, content.getBytes(UTF_8));
        }
    }

    private final List<Case> cases = new ArrayList<>();

    /** Objects that must make no table, each alone, and what the reason must say. */
    private void refused(String name, String content, String reason, String... parameters) {
        refused(name, content.getBytes(UTF_8), reason, parameters);
    }

    private void refused(String name, byte[] content, String reason, String... parameters) {
        Case one = new Case(name).put("1.csv", content).with(parameters);
        if (!List.of(parameters).contains("keys")) {
            one.with("mode", "append");
        }
        one.expected = reason;
        cases.add(one);
    }

    private void addWrongDelimiters() {
        String rows = "id;name;qty\n1;Anna;3\n2;Bo;4\n";
        refused("semicolon", rows, "set delimiter: semicolon");
        refused("semicolon_key", rows, "set delimiter: semicolon", "keys", "id");
        refused("tab", rows.replace(';', '\t'), "set delimiter: tab");
        refused("pipe", rows.replace(';', '|'), "set delimiter: pipe");
        refused("caret", rows.replace(';', '^'), "set delimiter: '^'");
        refused("tilde", rows.replace(';', '~'), "set delimiter: '~'");
        refused("colon", rows.replace(';', ':'), "set delimiter: ':'");
        refused("control_a", rows.replace(';', '\u0001'), "U+0001");
        refused("comma", rows.replace(';', ','), "set delimiter: comma", "delimiter", "semicolon");
        refused("comma_blank", "id, name, qty\n1, Anna, 3\n", "set delimiter: comma", "delimiter", "tab");
        refused("quoted_semicolon", "\"id\";\"name\"\n\"1\";\"Anna\"\n", "set delimiter: semicolon");
        refused("decimal_comma", "id;preis\n1;2,50\n2;3,75\n", "set delimiter: semicolon");
        refused("decimal_commas", "id;preis,EUR;name\n1;2,50;x\n2;3,75;y\n", "set delimiter: semicolon");
        refused("one_row", "a;b\n1;2\n", "set delimiter: semicolon");
    }

    private void addMissingHeaders() {
        String way = "set header: false";
        refused("numbers", "399.1989,74.37753\n399.6810,74.37901\n400.1631,74.38040\n", way);
        refused("numbers_one", "5\n6\n", way);
        refused("dates", "2024-01-05,7\n2024-01-06,8\n", way);
        refused("empties", "1,,3\n2,,4\n", way);
        refused("like_below", "1,Anna,3\n2,Bo,4\n", way);
        refused("dated", "Anna,2024-01-05,12.50\nBo,2024-01-06,3.20\n", way);
        refused("ids", "100234,Anna\n100198,Bo\n", way);
        refused("mails", "Anna,anna@example.com\nBo,bo@example.com\n", way);
    }

    private void addForeignTexts() {
        refused("html", HTML, "an HTML page");
        refused("html_minified", "<html lang=\"en\"><head><meta content=\"a, b\"></head><body>x</body>\n<p>\n", "HTML");
        refused("xml", "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Error><Code>AccessDenied</Code></Error>\n", "XML");
        refused("xml_bare", "<rows>\n  <row id=\"1\"/>\n</rows>\n", "XML");
        refused("json", "{\"id\":1,\"name\":\"x\"}\n", "JSON");
        refused("json_lines", "{\"id\":1,\"name\":\"x\"}\n{\"id\":2,\"name\":\"y\"}\n", "JSON");
        refused("json_array", "[{\"id\":1,\"name\":\"x\"},{\"id\":2,\"name\":\"y\"}]\n", "JSON");
        refused("json_pretty", "{\n  \"id\": 1,\n  \"name\": \"x\"\n}\n", "JSON");
        refused("json_numbers", "[1, 2, 3]\n", "JSON");
        refused("rtf", "{\\rtf1\\ansi\\deff0 {\\fonttbl}}\nid,name\n1,a\n", "RTF");
        refused("lfs", "version https://git-lfs.github.com/spec/v1\noid sha256:4d7a\nsize 12345\n", "Git LFS");
    }

    private void addForeignBytes() throws IOException {
        refused("zip", zip(), "ZIP");
        refused("seven_zip", bytes("377abcaf271c000400000000"), "7z");
        refused("rar", bytes("526172211a0701003392b5e5"), "RAR");
        refused("tar", tar(), "tar");
        refused("tar_gz", gzip(tar()), "tar");
        refused("parquet", bytes("504152311504151215164c151c150000"), "Parquet");
        refused("orc", bytes("4f524308031000180122"), "ORC");
        refused("avro", bytes("4f626a0104166176726f2e736368656d61"), "Avro");
        refused("xz", bytes("fd377a585a000004e6d6b446"), "xz");
        refused("lz4", bytes("04224d186440a7"), "lz4");
        refused("snappy", bytes("ff060000734e61507059"), "snappy");
        refused("compress", bytes("1f9d9069643d"), "compress");
        refused("gz_in_gz", gzip(gzip("id\n1\n".getBytes(UTF_8))), "twice");
        refused("pdf", "%PDF-1.7\n1 0 obj\n", "PDF");
        refused("xls", bytes("d0cf11e0a1b11ae100000000"), "Office");
        refused("sqlite", "SQLite format 3\u0000\u0010\u0000", "SQLite");
        refused("java_class", bytes("cafebabe00000034"), "Java class");
        refused("elf", bytes("7f454c46020101000000"), "ELF");
        refused("png", bytes("89504e470d0a1a0a0000000d"), "PNG");
    }

    private void addCharsets() {
        String csv = "id,name\n1,Anna\n2,Bo\n";
        refused("utf_16le", csv.getBytes(Charset.forName("UTF-16LE")), "set the feed's charset to UTF-16LE");
        refused("utf_16be", csv.getBytes(Charset.forName("UTF-16BE")), "set the feed's charset to UTF-16BE");
        refused("utf_32le", csv.getBytes(Charset.forName("UTF-32LE")), "set the feed's charset to UTF-32LE");
        refused("utf_32be", csv.getBytes(Charset.forName("UTF-32BE")), "set the feed's charset to UTF-32BE");
        refused("utf_16_mark", ("\uFEFF" + csv).getBytes(Charset.forName("UTF-16LE")), "charset to UTF-16");
        refused("utf_32_mark", ("\uFEFF" + csv).getBytes(Charset.forName("UTF-32LE")), "charset to UTF-32");
        refused("no_utf_16", csv.getBytes(UTF_8), "charset to UTF-8", "charset", "UTF-16");
        refused("other_order", csv.getBytes(Charset.forName("UTF-16LE")), "charset to UTF-16LE", "charset", "UTF-16");
        refused("ebcdic", csv.getBytes(Charset.forName("IBM037")), "EBCDIC");
    }

    private void addUnfit() {
        refused("lacks_key", "nr,name\n1,a\n", "its header names \"nr\", \"name\"", "keys", "id");
        refused("malformed_only", "id,name\n1\n2\n", "no record holds a value and is well-formed");
        refused("nameless", "id,,name\n1,a,b\n", "no name for field 2");
        refused("no_format", "id,day\n1,5\n", "'formats'", "formats", "day=nonsense");
        refused("format_of_nobody", "id,day\n1,5\n", "'formats'", "formats", "noon=dd.MM.yyyy");
    }

    /** Objects that make a table, and what it is. */
    private Case made(String name, String shape) {
        Case one = new Case(name);
        one.expected = shape;
        cases.add(one);
        return one;
    }

    private void addTypes() {
        made("header_first", "id integer NO, amount numeric(18,3) YES, day date YES")
                .with("keys", "id")
                .put("part-0.csv", "id,amount,day\n")
                .put("part-1.csv", "id,amount,day\n1,10.5,2024-01-05\n2,7,2024-01-06\n");
        made("header_between", "id integer NO, n integer YES")
                .with("keys", "id", "maxObjectsPerLoad", "1")
                .put("1.csv", "id,n\n")
                .put("2.csv", "id,n\n ,\n")
                .put("3.csv", "id,n\n1,2\n")
                .put("4.csv", "id,n\n");
        made("int_decimal", "id integer NO, amount numeric(18,4) YES")
                .with("keys", "id")
                .put("a.csv", "id,amount\n1,10\n2,20\n")
                .put("b.csv", "id,amount\n3,10.5\n4,20.25\n");
        made("int_bigint_apart", "id integer NO, amount bigint YES")
                .with("keys", "id", "maxObjectsPerLoad", "1")
                .put("a.csv", "id,amount\n1,10\n")
                .put("b.csv", "id,amount\n3,9999999999\n");
        made("empty_first", "id integer NO, day date YES, note character varying(64) YES")
                .with("keys", "id")
                .put("a.csv", "id,day,note\n1,,short\n")
                .put("b.csv", "note,id,day\nmuch longer than the first one,2,2024-01-05\n");
        made("other_columns", "id integer NO, n integer YES")
                .with("keys", "id", "maxRejectedRows", "0")
                .put("a.csv", "id,n\n1,1\n")
                .put("b.csv", "id,n,more\n2,x,1\n");
        made("other_columns_evolved", "id integer NO, n numeric(18,3) YES, more integer YES")
                .with("keys", "id", "schema", "evolve")
                .put("a.csv", "id,n\n1,1\n")
                .put("b.csv", "id,n,more\n2,1.5,1\n");
        made("bad_first", "id integer YES, n integer YES")
                .with("mode", "append")
                .put("a.csv", HTML)
                .put("b.csv", "id;n\n1;2\n")
                .put("c.csv", "id,n\n1,2\n");
        made("bad_first_apart", "id integer YES, n integer YES")
                .with("mode", "append", "maxObjectsPerLoad", "1")
                .put("a.csv", "1,2\n3,4\n")
                .put("b.csv", "id,n\n1,2\n");
        made(
                        "formatted",
                        "id integer NO, day date YES, at timestamp without time zone YES, total numeric(18,4) YES, whole"
                                + " integer YES, ok boolean YES, since timestamp without time zone YES")
                .with("keys", "id")
                .with(
                        "formats",
                        "day=M/d/yyyy; at=M/d/yyyy h:mm:ss a; total=1.234,56; whole=1.234.567; ok=J/N;"
                                + " since=epochsecs")
                .put(
                        "1.csv",
                        """
                        id,day,at,total,whole,ok,since
                        1,1/5/2024,1/5/2024 10:20:30 AM,"1.234,50",12.345,J,5
                        2,12/31/2024,12/31/2024 1:02:03 PM,"007,25",1,N,6
                        """);
        made("null_word", "id integer NO, n character varying(16) YES, d character varying(32) YES")
                .with("keys", "id")
                .put("1.csv", "id,n,d\n1,NULL,2024-01-01\n2,5,NULL\n3,6,2024-01-02\n");
    }

    /** Objects that look a bit like something else, and are what they say. */
    private void addHonest() {
        made("prose", "text character varying(32) YES")
                .with("mode", "append")
                .put("1.csv", "text\none; two; three\nnone\n\"a, b; c\"\n");
        made("prose_in_name", "name; or alias character varying(32) YES")
                .with("mode", "append")
                .put("1.csv", "name; or alias\nAnna; Ann\nBo; B\n");
        made("pivot", "country character varying(16) YES, 1960 integer YES, 1961 integer YES")
                .with("mode", "append")
                .put("1.csv", "country,1960,1961\nAruba,54608,55811\nKenya,8120080,8398070\n");
        made("quantiles", "station character varying(16) YES, 0.5 numeric(18,3) YES, 0.9 numeric(18,3) YES")
                .with("mode", "append")
                .put("1.csv", "station,0.5,0.9\nA,1.5,2.5\nB,3.5,4.5\n");
        made("by_day", "name character varying(16) YES, 2024-01-05 integer YES")
                .with("mode", "append")
                .put("1.csv", "name,2024-01-05\nA,1\nB,3\n");
        made("questions", "1 numeric(18,3) YES, 2 numeric(18,3) YES, label character varying(16) YES")
                .with("mode", "append")
                .put("1.csv", "1,2,label\n5.1,3.5,a\n4.9,3.0,b\n");
        made("brackets", "<date> date YES, [open] integer YES, {close} integer YES")
                .with("mode", "append")
                .put("1.csv", "<DATE>,[open],{close}\n2024-01-05,1,2\n");
        made("json_inside", "id integer YES, doc character varying(32) YES")
                .with("mode", "append")
                .put("1.csv", "id,doc\n1,\"{\"\"a\"\":[1,2]}\"\n2,\"<p>x;y</p>\"\n");
        made("time_of_day", "time (hh:mm) character varying(16) YES")
                .with("mode", "append")
                .put("1.csv", "Time (HH:MM)\n12:30\n13:45\n");
        made("packed", "id integer YES, lat;lon character varying(32) YES")
                .with("mode", "append")
                .put("1.csv", "id,lat;lon\n1,52.5;13.4\n2,48.1;11.5\n");
        made("years_are_names", "2020 integer YES, 2021 integer YES")
                .with("mode", "append", "columns", "2020=2020")
                .put("1.csv", "2020,2021\n1,2\n3,4\n");
        made("pk_name", "pk integer YES, mz integer YES, par1 integer YES")
                .with("mode", "append")
                .put("1.csv", "PK,MZ,PAR1\n1,2,3\n");
        made("gz_zeros", "id integer YES").with("mode", "append").put("1.csv", padded(gzip("id\n1\n".getBytes(UTF_8))));
    }

    @Test
    void onlyWhatIsATableMakesOne() throws Exception {
        addWrongDelimiters();
        addMissingHeaders();
        addForeignTexts();
        addForeignBytes();
        addCharsets();
        addUnfit();
        addTypes();
        addHonest();
        TestingCaravan caravan = caravan(cases);

        Map<String, String> previews = check(caravan);
        LoadReport report = caravan.report(StagedBy.COPY, names(cases));

        Map<String, String> failures = new LinkedHashMap<>();
        report.failures()
                .forEach(failure -> failures.put(
                        failure.feed(),
                        failure.reason().code() + " " + failure.reason().getMessage()));
        SoftAssertions soft = new SoftAssertions();
        for (Case one : cases) {
            String shape = shape(one.name);
            if (one.expected.matches("(?s).* (YES|NO)")) {
                soft.assertThat(shape)
                        .as(one.name + " " + failures.get(one.name))
                        .isEqualTo(one.expected);
                soft.assertThat(previews.get(one.name))
                        .as(one.name)
                        .startsWith("OK")
                        .contains("CREATE TABLE");
            } else {
                soft.assertThat(failures.getOrDefault(one.name, "none, but the table " + shape))
                        .as(one.name)
                        .containsAnyOf("TARGET_NOT_FOUND", "FEED_INVALID")
                        .contains(one.expected)
                        .doesNotContain("field 1 holds bytes");
                soft.assertThat(previews.get(one.name))
                        .as(one.name)
                        .doesNotStartWith("OK")
                        .contains(one.expected);
                soft.assertThat(shape).as(one.name).isEmpty();
            }
        }
        soft.assertThat(previews.get("null_word"))
                .contains("n: 1 value is NULL, else INTEGER; set nullString")
                .contains("d: 1 value is NULL, else DATE; set nullString");
        soft.assertThat(previews.get("int_decimal")).contains("/a.csv and 1 more would make it:");
        soft.assertThat(outcomes(report, "header_first")).isEqualTo("part-0 loaded 0, part-1 loaded 2");
        soft.assertThat(outcomes(report, "header_between"))
                .isEqualTo("1 loaded 0, 2 rejected 1, 3 loaded 1, 4 loaded 0");
        soft.assertThat(outcomes(report, "int_decimal")).isEqualTo("a loaded 2, b loaded 2");
        soft.assertThat(outcomes(report, "int_bigint_apart")).isEqualTo("a loaded 1, b loaded 1");
        soft.assertThat(outcomes(report, "other_columns")).isEqualTo("a loaded 1, b rejected 0");
        soft.assertThat(outcomes(report, "other_columns_evolved")).isEqualTo("a loaded 1, b loaded 1");
        soft.assertThat(outcomes(report, "bad_first")).isEqualTo("a rejected 0, b rejected 0, c loaded 1");
        soft.assertThat(outcomes(report, "bad_first_apart")).isEqualTo("a rejected 0, b loaded 1");
        soft.assertThat(sandbox.lines(
                        "SELECT object_key, error_code, error FROM caravan.objects WHERE feed = 'bad_first'"
                                + " AND outcome = 'rejected' ORDER BY object_key"))
                .satisfiesExactly(
                        first -> assertThat(first).contains("OBJECT_NOT_CSV").contains("an HTML page"),
                        second -> assertThat(second)
                                .contains("OBJECT_UNKNOWN_COLUMN")
                                .contains("set delimiter: semicolon"));
        soft.assertThat(sandbox.lines("SELECT day, at, total, whole, ok FROM public.formatted ORDER BY id"))
                .containsExactly(
                        "2024-01-05 2024-01-05 10:20:30 1234.5000 12345 t",
                        "2024-12-31 2024-12-31 13:02:03 7.2500 1 f");
        soft.assertAll();
    }

    @Test
    void headersAloneWaitForRows() throws Exception {
        Case waiting = made("waits", "")
                .with("keys", "id", "maxObjectsPerLoad", "1")
                .put("1.csv", "id,n\n")
                .put("2.csv", "id,n\n");
        TestingCaravan caravan = caravan(cases);

        for (int i = 0; i < 2; i++) {
            LoadReport report = caravan.report(StagedBy.INSERT, "waits");
            assertThat(report.exitCode()).isZero();
            assertThat(report.loads()).isEmpty();
        }
        assertThat(check(caravan).get("waits")).startsWith("OK").contains("none of them holds a row");
        assertThat(shape("waits")).isEmpty();

        sandbox.put(waiting.name + "/3.csv", "id,n\n1,2.5\n");
        LoadReport report = caravan.report(StagedBy.INSERT, "waits");

        assertThat(outcomes(report, "waits")).isEqualTo("1 loaded 0, 2 loaded 0, 3 loaded 1");
        assertThat(shape("waits")).isEqualTo("id integer NO, n numeric(18,3) YES");
        assertThat(caravan.countsThatDoNotAddUp()).isEmpty();
    }

    @Test
    void whatIsNoTableChangesNone() throws Exception {
        String names = "id,"
                + java.util.stream.IntStream.range(0, 51).mapToObj(i -> "c" + i).collect(joining(","));
        Case evolving = new Case("evolving")
                .with("mode", "append", "schema", "evolve", "createTable", "false")
                .put("01.csv", HTML)
                .put("02.csv", "id;name;qty\n1;Anna;3\n2;Bo;4\n")
                .put("03.csv", "7,2024-01-05\n8,2024-01-06\n")
                .put("04.csv", "{\"id\":1}\n{\"id\":2}\n")
                .put("05.csv", zip())
                .put("06.csv", names + "\n" + "1,".repeat(51) + "1\n")
                .put("07.csv", "id,amount\n")
                .put("08.csv", "id,amount\n1,10\n")
                .put("09.csv", "id,amount\n2,10.5\n");
        Case wider = new Case("wider")
                .with("mode", "append", "schema", "evolve", "createTable", "false", "maxNewColumns", "51")
                .put("1.csv", names + "\n" + "1,".repeat(51) + "1\n");
        Case fixed = new Case("fixed")
                .with("mode", "append", "createTable", "false")
                .put("1.csv", HTML)
                .put("2.csv", zip())
                .put("3.csv", "<?xml version=\"1.0\"?>\n<a/>\n")
                .put("4.csv", "id;name\n1;2\n")
                .put("5.csv", "id,name\n5,a\n".getBytes(Charset.forName("UTF-16LE")))
                .put("6.csv", "id,name\n6.5,a\n7,b\n");
        Case ignoring = new Case("ignoring")
                .with("mode", "append", "schema", "ignore", "createTable", "false")
                .put("1.csv", HTML)
                .put("2.csv", "id;name\n1;2\n")
                .put("3.csv", "id,other\n1,2\n");
        for (String table : List.of("evolving", "wider", "fixed", "ignoring")) {
            sandbox.execute("CREATE TABLE public." + table + " (id INTEGER, name VARCHAR(20))");
        }
        TestingCaravan caravan = caravan(List.of(evolving, wider, fixed, ignoring));

        LoadReport report = caravan.report(StagedBy.COPY, "evolving", "wider", "fixed", "ignoring");

        assertThat(report.failures()).isEmpty();
        assertThat(outcomes(report, "evolving"))
                .isEqualTo("01 rejected 0, 02 rejected 0, 03 rejected 0, 04 rejected 0, 05 rejected 0, 06 rejected 0,"
                        + " 07 loaded 0, 08 loaded 1, 09 loaded 1");
        assertThat(shape("evolving"))
                .isEqualTo("id integer YES, name character varying(20) YES, amount numeric(18,3) YES");
        assertThat(reasons("evolving"))
                .satisfiesExactly(
                        html -> assertThat(html)
                                .contains("OBJECT_NOT_CSV")
                                .contains("HTML")
                                .contains(NO_CSV),
                        semicolon ->
                                assertThat(semicolon).contains("OBJECT_HEADER").contains("delimiter: semicolon"),
                        headerless ->
                                assertThat(headerless).contains("OBJECT_HEADER").contains("header: false"),
                        json -> assertThat(json).contains("OBJECT_NOT_CSV").contains("JSON"),
                        zip -> assertThat(zip).contains("OBJECT_COMPRESSION").contains("ZIP"),
                        many -> assertThat(many)
                                .contains("maxNewColumns")
                                .contains("51")
                                .contains("50"));
        assertThat(outcomes(report, "wider")).isEqualTo("1 loaded 1");
        assertThat(shape("wider")).contains("c50 integer YES");
        assertThat(reasons("fixed"))
                .satisfiesExactly(
                        html -> assertThat(html).contains("OBJECT_NOT_CSV").contains("HTML"),
                        zip -> assertThat(zip).contains("OBJECT_COMPRESSION").contains("ZIP"),
                        xml -> assertThat(xml).contains("OBJECT_NOT_CSV").contains("XML"),
                        semicolon -> assertThat(semicolon)
                                .contains("OBJECT_UNKNOWN_COLUMN")
                                .contains("set delimiter: semicolon"),
                        wide -> assertThat(wide).contains("OBJECT_CHARSET").contains("charset to UTF-16LE"));
        assertThat(sandbox.lines(
                        "SELECT reason FROM caravan.dead_letters WHERE feed = 'fixed' AND error_code = 'VALUE_FORMAT'"))
                .containsExactly("not a whole number: it has a fraction; make the column DECIMAL");
        assertThat(outcomes(report, "ignoring")).isEqualTo("1 rejected 0, 2 rejected 0, 3 loaded 1");
        assertThat(caravan.countsThatDoNotAddUp()).isEmpty();
    }

    private TestingCaravan caravan(List<Case> feeds) {
        RouteDirectory routes = new RouteDirectory(directory);
        for (Case one : feeds) {
            List<String> all = new ArrayList<>(
                    List.of("bucket", sandbox.bucket(), "prefix", one.name + "/", "table", "public." + one.name));
            all.addAll(one.parameters);
            routes.feed(one.name, all.toArray(String[]::new));
            one.objects.forEach(sandbox::put);
        }
        return new TestingCaravan(sandbox, routes);
    }

    private static String[] names(List<Case> feeds) {
        return feeds.stream().map(one -> one.name).toArray(String[]::new);
    }

    private static Map<String, String> check(TestingCaravan caravan) {
        Map<String, String> verdicts = new LinkedHashMap<>();
        for (CheckResult result : new CheckEverything().check(caravan.settings(StagedBy.COPY), false)) {
            if (result.subject().contains(": table ")) {
                verdicts.put(result.subject().replaceAll(".*public\\.", ""), result.verdict() + " " + result.detail());
            }
        }
        return verdicts;
    }

    private static String outcomes(LoadReport report, String feed) {
        return report.loads().stream()
                .filter(load -> load.feed().equals(feed))
                .flatMap(load -> load.objects().stream())
                .map(entry -> entry.object().key().replaceAll(".*/|\\.csv", "") + " "
                        + entry.outcome().text() + " " + entry.counts().read())
                .sorted()
                .collect(joining(", "));
    }

    private List<String> reasons(String feed) throws SQLException {
        return sandbox.lines("SELECT object_key, error_code, error FROM caravan.objects WHERE feed = '" + feed
                + "' AND outcome = 'rejected' ORDER BY object_key");
    }

    private String shape(String table) throws SQLException {
        return sandbox
                .query("SELECT column_name, data_type, character_maximum_length, numeric_precision, numeric_scale,"
                        + " is_nullable FROM svv_columns WHERE table_schema = 'public' AND table_name = '" + table
                        + "' ORDER BY ordinal_position")
                .stream()
                .map(row -> row.get(0) + " " + row.get(1)
                        + (row.get(2) != null ? "(" + row.get(2) + ")" : "")
                        + ("numeric".equals(row.get(1)) ? "(" + row.get(3) + "," + row.get(4) + ")" : "") + " "
                        + row.get(5))
                .collect(joining(", "));
    }

    private static byte[] bytes(String hex) {
        return java.util.HexFormat.of().parseHex(hex);
    }

    private static byte[] zip() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            zip.putNextEntry(new ZipEntry("a.csv"));
            zip.write("id,name\n1,Anna\n".getBytes(UTF_8));
            zip.putNextEntry(new ZipEntry("b.csv"));
            zip.write("id,name\n2,Bo\n".getBytes(UTF_8));
        }
        return bytes.toByteArray();
    }

    private static byte[] tar() {
        byte[] tar = new byte[1024];
        System.arraycopy("a.csv".getBytes(UTF_8), 0, tar, 0, 5);
        System.arraycopy("ustar".getBytes(UTF_8), 0, tar, 257, 5);
        return tar;
    }

    private static byte[] gzip(byte[] content) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(content);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static byte[] padded(byte[] content) {
        return Arrays.copyOf(content, content.length + 512);
    }
}
