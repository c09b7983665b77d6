package io.caravan.app;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.caravan.app.TestingCaravan.StagedBy;
import io.caravan.app.report.ExitCode;
import io.caravan.testing.CaravanProcess;
import io.caravan.testing.RouteDirectory;
import io.caravan.testing.SandboxExtension;
import io.caravan.testing.TestSandbox;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Values that nobody is to see, through every outcome. They all hold one word, which is then looked for everywhere. */
@ExtendWith(SandboxExtension.class)
class MaskingIT {

    private static final String WORD = "Zyzzyva";
    private static final String HEADER = "id,email,phone,name,note,extra\n";

    @TempDir
    private Path directory;

    private final TestSandbox sandbox;
    private final Map<String, String> environment = new HashMap<>();
    private RouteDirectory routes;
    private TestingCaravan caravan;

    MaskingIT(TestSandbox sandbox) {
        this.sandbox = sandbox;
    }

    @BeforeEach
    void prepare() throws IOException {
        routes = new RouteDirectory(directory.resolve("routes"));
        caravan = new TestingCaravan(sandbox, routes);
        environment.put(
                "CARAVAN_MASK_KEY_FILE",
                Files.writeString(directory.resolve("key"), "0123456789abcdef\n")
                        .toString());
        environment.put("CARAVAN_DEAD_LETTER_URI", "file:" + directory.resolve("letters"));
        environment.put("CARAVAN_EVENTS_URI", "file:" + directory.resolve("events"));
        environment.put("CARAVAN_STATE_DIRECTORY", directory.resolve("state").toString());
    }

    @Test
    void noPlaceHoldsTheClearValue() throws Exception {
        sandbox.execute("CREATE TABLE public.masked (id INTEGER, email VARCHAR(64) NOT NULL, phone VARCHAR(30),"
                + " name VARCHAR(50), note VARCHAR(6))");
        feed(
                "masked",
                "email",
                "schema",
                "ignore",
                "keepSuperseded",
                "true",
                "onInvalid",
                "note=truncate",
                "rules",
                "id: between 1 and 99");
        sandbox.execute("SET caravan.fail_next TO 'copy_refusal 1204 poison'");
        put("a-good", HEADER + row(1, "a") + row(2, "b") + row(3, "a") + "4,,,,,\n");
        put(
                "b-rejected",
                HEADER + row(5, "c") + "x," + row(0, "d").substring(2) + "500,"
                        + row(0, "e").substring(2) + row(6, "f").replace("note", "longer note"));
        put("c-refused-by-copy", HEADER + row(7, "g") + row(8, "h").replace("note", "poison"));
        put(
                "d-malformed",
                HEADER + row(9, "i") + "9," + WORD + "," + WORD + "\n"
                        + row(10, "j").replace("\n", ",more\n") + "11,\"" + WORD + "\"x,1,2,3,4\n");
        sandbox.put("masked/e-charset.csv", (HEADER + row(12, "k") + row(13, "l\u00ff")).getBytes(ISO_8859_1));
        put("f-no-header", row(14, "m") + row(15, "n"));
        put("g-other-delimiter", (HEADER + row(16, "o")).replace(',', ';'));
        put("h-unclosed", HEADER + row(17, "p") + "18,\"" + WORD + "\n");
        put("i-no-csv", "<html><body>" + WORD + "</body></html>\n");
        put("j-all-bad", HEADER + "x," + row(0, "q").substring(2));
        put("k-value-in-header", HEADER.replace("extra", WORD) + row(19, "r"));
        put("l-name-of-a-column-among-values", "email," + WORD + "\n" + "r@x," + WORD + "\n");

        StringBuilder seen = new StringBuilder();
        see(seen, "check");
        see(seen, "preview", "--feed", "masked");
        see(seen, "preview", "--feed", "masked", "--format", "json");
        CaravanProcess.Result load = process("load");
        seen.append(load.stdout()).append(load.stderr());
        assertThat(load.exitCode()).as(load.toString()).isEqualTo(ExitCode.REJECTED);
        see(seen, "load", "--feed", "masked");
        see(seen, "objects", "list", "--feed", "masked", "--format", "json");
        see(seen, "dead-letters", "list", "--feed", "masked", "--format", "json");
        see(seen, "dead-letters", "show", "--feed", "masked", "--format", "json");
        see(seen, "dead-letters", "replay", "--feed", "masked");
        see(seen, "verify", "--feed", "masked");

        assertThat(seen.toString()).contains("a-good").doesNotContainIgnoringCase(WORD);
        assertThat(files())
                .isNotEmpty()
                .allSatisfy((file, text) -> assertThat(text).as(file).doesNotContainIgnoringCase(WORD));
        assertThat(tables())
                .contains("caravan.dead_letters", "caravan.superseded_rows", "public.masked")
                .allSatisfy(table -> assertThat(String.join("\n", sandbox.lines("SELECT * FROM " + table)))
                        .as(table)
                        .doesNotContainIgnoringCase(WORD));
        assertThat(caravan.dataFiles()).isEmpty();
        // Each outcome was there.
        assertThat(sandbox.lines("SELECT DISTINCT error_code FROM caravan.dead_letters WHERE feed = 'masked'"))
                .contains("VALUE_FORMAT", "ROW_RULE", "VALUE_REFUSED_BY_COPY", "CSV_FIELD_COUNT", "CSV_CHARSET");
        assertThat(sandbox.lines("SELECT DISTINCT outcome FROM caravan.objects WHERE feed = 'masked'"))
                .contains("loaded", "rejected");
        for (String kept : List.of("superseded_rows", "repaired_values")) {
            assertThat(sandbox.lines("SELECT COUNT(*) FROM caravan." + kept)).doesNotContain("0");
        }
    }

    @Test
    void maskedKeysStillMatchAndJoin() throws SQLException {
        sandbox.execute(
                "CREATE TABLE public.masked_people (id INTEGER, email VARCHAR(64) NOT NULL, phone VARCHAR(30),"
                        + " name VARCHAR(50), note VARCHAR(5))",
                "CREATE TABLE public.masked_orders (mail CHAR(64), total INTEGER)");
        feed("masked_people", "email");
        routes.ownFeed(
                "masked_orders", sandbox.bucket(), "", "mode", "append", "mask", "mail=hmac", "staging", "direct");
        sandbox.put("masked_people/1.csv", HEADER.replace(",extra", "") + "1,ada@x,0123456789,Ada,\n2,bo@x,,Bo,x\n");
        sandbox.put("masked_orders/1.csv", "mail,total\nada@x,5\nada@x  ,7\n,1\n");
        assertThat(load()).isEqualTo(ExitCode.DONE);
        sandbox.put("masked_people/2.csv", HEADER.replace(",extra", "") + "3,ada@x,12,Ada,\n");
        assertThat(load()).isEqualTo(ExitCode.DONE);

        assertThat(sandbox.lines("SELECT id, phone, name, note FROM public.masked_people ORDER BY id"))
                .containsExactly("2 null null x", "3 **** null null");
        assertThat(sandbox.lines(
                        "SELECT SUM(o.total) FROM public.masked_people AS p INNER JOIN public.masked_orders AS o"
                                + " ON o.mail = p.email WHERE p.id = 3"))
                .containsExactly("12");
        assertThat(sandbox.lines("SELECT COUNT(*) FROM public.masked_orders WHERE mail IS NULL"))
                .containsExactly("1");
    }

    @Test
    void whatCannotBeMaskedIsSaidByTheCheck() throws SQLException {
        sandbox.execute("CREATE TABLE public.unmaskable (id INTEGER NOT NULL, email VARCHAR(63), phone VARCHAR(7),"
                + " name VARCHAR(9) NOT NULL)");
        routes.ownFeed(
                "unmaskable",
                sandbox.bucket(),
                "id",
                "mask",
                "id=hmac, email=hmac, phone=last 4, name=null, none=null");
        String check = caravan.run(StagedBy.INSERT, environment, "check").stdout();
        assertThat(check)
                .contains("'mask' for \"id\": its type is INTEGER, and the mask needs VARCHAR(64) or more")
                .contains("'mask' for \"email\": its type is VARCHAR(63)")
                .contains("'mask' for \"phone\": its type is VARCHAR(7), and the mask needs VARCHAR(8) or more")
                .contains("'mask' for \"name\": it is NOT NULL")
                .contains("'mask' names \"none\", which is not a column");

        environment.remove("CARAVAN_MASK_KEY_FILE");
        assertThat(caravan.run(StagedBy.INSERT, environment, "check", "--offline")
                        .stdout())
                .contains("feed unmaskable masks by hmac, which needs a key; set caravan.mask.key-file");
        environment.put("CARAVAN_MASK_KEY", "short");
        assertThat(caravan.run(StagedBy.INSERT, environment, "check", "--offline")
                        .stderr())
                .contains("CARAVAN_MASK_KEY holds fewer than 16 characters")
                .doesNotContain("short\n");
    }

    private void feed(String name, String key, String... more) {
        routes.ownFeed(
                name,
                sandbox.bucket(),
                key,
                Stream.concat(
                                Stream.of("mask", "email=hmac, phone=last 4, name=null", "maxRejectedRatio", "1"),
                                Stream.of(more))
                        .toArray(String[]::new));
    }

    private static String row(int id, String letter) {
        return id + "," + letter + WORD + "@x," + WORD + " 012345,\"" + WORD + ", " + letter + "\",note," + WORD + "\n";
    }

    private void put(String name, String content) {
        sandbox.put("masked/" + name + ".csv", content.getBytes(UTF_8));
    }

    private int load() {
        return caravan.run(StagedBy.COPY, environment, "load").exitCode();
    }

    private void see(StringBuilder seen, String... command) {
        CaravanProcess.Result result = caravan.run(StagedBy.COPY, environment, command);
        seen.append(String.join(" ", command))
                .append('\n')
                .append(result.stdout())
                .append(result.stderr());
    }

    /** A process of its own, to see its log. */
    private CaravanProcess.Result process(String command) {
        Map<String, String> all = new HashMap<>(sandbox.environment());
        all.putAll(environment);
        all.put("CARAVAN_ROUTES_DIRECTORY", routes.path().toString());
        return CaravanProcess.run(directory, all, command);
    }

    private Map<String, String> files() throws IOException {
        Map<String, String> texts = new HashMap<>();
        for (String folder : List.of("letters", "events", "state")) {
            try (Stream<Path> files = Files.walk(directory.resolve(folder))) {
                for (Path file : files.filter(Files::isRegularFile).toList()) {
                    texts.put(file.toString(), Files.readString(file));
                }
            }
        }
        return texts;
    }

    private List<String> tables() throws SQLException {
        return sandbox.lines("SELECT n.nspname || '.' || c.relname FROM pg_catalog.pg_class AS c INNER JOIN"
                + " pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace WHERE n.nspname IN ('public', 'caravan')"
                + " AND c.relkind = 'r'");
    }
}
