package io.caravan.app;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import io.caravan.app.TestingCaravan.StagedBy;
import io.caravan.app.report.LoadReport;
import io.caravan.model.ledger.LoadRecord;
import io.caravan.testing.RouteDirectory;
import io.caravan.testing.SandboxExtension;
import io.caravan.testing.TestSandbox;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is on record of values that were repaired: what they were, where, and what was done; as often as their rows are loaded. */
@ExtendWith(SandboxExtension.class)
class RepairedValuesIT {

    private static final String COLUMNS =
            "id INTEGER NOT NULL, name VARCHAR(5), price DECIMAL(8,2), born DATE, at TIMESTAMP";
    private static final String REPAIRS = "name=truncate, price=round, born=null, at=truncate";
    private static final String RECORDED =
            "SELECT SPLIT_PART(object_key, '/', 2), line_number, column_name, repair, original_value"
                    + " FROM caravan.repaired_values WHERE feed = '%s' ORDER BY position, line_number, column_name";

    private final TestSandbox sandbox;

    @TempDir
    private Path directory;

    private RouteDirectory routes;
    private TestingCaravan caravan;

    RepairedValuesIT(TestSandbox sandbox) {
        this.sandbox = sandbox;
    }

    @BeforeEach
    void start() {
        routes = new RouteDirectory(directory.resolve("routes"));
        caravan = new TestingCaravan(sandbox, routes);
    }

    @ParameterizedTest
    @EnumSource
    void eachIsOnRecordWithWhatItWas(StagedBy stagedBy) throws SQLException {
        String feed = feed("repaired_" + stagedBy.name().toLowerCase(Locale.ROOT), "onInvalid", REPAIRS);
        sandbox.put(
                feed + "/a.csv",
                "id,name,price,born,at\n"
                        + "1,Anna,1.50,2024-01-05,2024-01-05 10:00:00\n"
                        + "2,Wilhelmina,1.005,31.12.2024,2024-01-05 10:00:00.1234567\n"
                        // Rejected for its price: nothing of it is repaired.
                        + "3,Wilhelmina,x,31.12.2024,\n"
                        // Loaded, but a later row has its key.
                        + "4,\"two\nlines \u017C\",1,\"0\0,\"\"\",\n"
                        + "4,d,,,\n"
                        + "5,e,,"
                        + "\u017C".repeat(2_000)
                        + ",\n");
        sandbox.put(feed + "/b.csv", "id,name,price,born,at\nx,Wilhelmina,,,\ny,,,never,\n");

        LoadRecord load = caravan.report(stagedBy, feed).loads().get(0);

        assertThat(sandbox.lines(String.format(RECORDED, feed)))
                .containsExactly(
                        "a.csv 3 at truncate 2024-01-05 10:00:00.1234567",
                        "a.csv 3 born null 31.12.2024",
                        "a.csv 3 name truncate Wilhelmina",
                        "a.csv 3 price round 1.005",
                        "a.csv 5 born null 0\\x00,\"",
                        "a.csv 5 name truncate two\nlines \u017C",
                        "a.csv 8 born null " + "\u017C".repeat(508) + "…[cut]");
        assertThat(load.repaired()).isEqualTo(7);
        assertThat(sandbox.lines("SELECT DISTINCT r.load_id, r.bucket, o.outcome FROM caravan.repaired_values AS r"
                        + " INNER JOIN caravan.objects AS o ON o.load_id = r.load_id AND o.position = r.position"
                        + " AND o.bucket = r.bucket AND o.object_key = r.object_key AND o.etag = r.etag"
                        + " WHERE r.feed = '" + feed + "'"))
                .containsExactly(load.id() + " " + sandbox.bucket() + " loaded");
        assertThat(sandbox.lines("SELECT name, price, born, at FROM public." + feed + " WHERE id = 2"))
                .containsExactly("Wilhe 1.01 null 2024-01-05 10:00:00.123456");
        assertThat(caravan.countsThatDoNotAddUp()).isEmpty();
        assertThat(caravan.dataFilesLeft()).isEmpty();
    }

    /** What a feed without repairs has, and does not pay for. */
    @Test
    void commandsShowThem() {
        String feed = "repaired_shown";
        routes.ownFeed(feed, sandbox.bucket(), "id", "onInvalid", "qty=null", "createTable", "true");
        sandbox.put(feed + "/a.csv", "id,qty\n1,7\n");
        caravan.report(StagedBy.INSERT, feed);
        sandbox.put(feed + "/b.csv", "id,qty\n2,x\n3,\u001B[31m\n4,8\n");

        assertThat(caravan.run(StagedBy.INSERT, "load", "--feed", feed).stdout())
                .endsWith(
                        """

                        Repaired values of feed repaired_shown: 2; 'caravan objects repaired --feed
                          repaired_shown' shows them
                        """);

        assertThat(withoutLoad(caravan.run(StagedBy.INSERT, "objects", "repaired", "--feed", feed)
                        .stdout()))
                .isEqualTo(
                        """
                        key                   line  column  repair  original
                        repaired_shown/b.csv     2  qty     null    x
                        repaired_shown/b.csv     3  qty     null    \\u001b[31m
                        """);
        assertThat(caravan.run(StagedBy.INSERT, "objects", "repaired", "--line", "2", "--format", "json")
                        .stdout())
                .contains("\"line\": 2, \"column\": \"qty\", \"repair\": \"null\", \"original\": \"x\"")
                .doesNotContain("\"line\": 3");
        assertThat(caravan.run(StagedBy.INSERT, "objects", "repaired", "--load", "none"))
                .satisfies(result -> assertThat(result.exitCode()).isZero())
                .satisfies(result -> assertThat(result.stderr()).contains("there is no such repaired value"));
    }

    private static String withoutLoad(String table) {
        return table.lines()
                .map(line -> line.substring(line.indexOf("  ") + 2).stripLeading())
                .collect(joining("\n", "", "\n"));
    }

    @Test
    void thoseOfALoadThatFailsAreOnRecordOnceItSucceeds() throws SQLException {
        String feed = feed(
                "repaired_again",
                "onInvalid",
                REPAIRS,
                "maxTries",
                "1",
                "postSql",
                "INSERT INTO public.repaired_again_needs VALUES (1)");
        sandbox.put(feed + "/a.csv", "id,name\n1,Wilhelmina\n");

        assertThat(caravan.report(StagedBy.COPY, feed).failures()).isNotEmpty();
        assertThat(sandbox.lines(String.format(RECORDED, feed))).isEmpty();

        sandbox.execute("CREATE TABLE public.repaired_again_needs (n INTEGER)");
        assertThat(caravan.report(StagedBy.COPY, feed).failures()).isEmpty();
        assertThat(sandbox.lines(String.format(RECORDED, feed))).containsExactly("a.csv 2 name truncate Wilhelmina");
    }

    @Test
    void aRowThatCopyRefusesHasNone() throws SQLException {
        String feed = feed("repaired_refused", "onInvalid", "born=null");
        sandbox.execute("SET caravan.fail_next TO 'copy_refusal 1204 toxic'");
        sandbox.put(feed + "/a.csv", "id,name,born\n1,a,x\n2,toxic,y\n3,c,z\n");

        assertThat(caravan.load(StagedBy.COPY, feed)).containsExactly(feed + "/a.csv loaded 3 2 0 0 0 1");

        assertThat(sandbox.lines(String.format(RECORDED, feed)))
                .containsExactly("a.csv 2 born null x", "a.csv 4 born null z");
    }

    @Test
    void aReplayedRecordHasItsOwnLine() throws SQLException {
        String feed = feed("repaired_replayed");
        sandbox.put(feed + "/a.csv", "id,name,price\n1,a,1\n2,Wilhelmina,1\n3,c,x\n4,Maximiliane,1\n");
        assertThat(caravan.load(StagedBy.INSERT, feed)).containsExactly(feed + "/a.csv loaded 4 1 0 0 0 3");
        routes.ownFeed(feed, sandbox.bucket(), "id", "onInvalid", "name=truncate");

        assertThat(caravan.run(StagedBy.INSERT, "dead-letters", "replay", "--feed", feed)
                        .stderr())
                .isEmpty();

        assertThat(sandbox.lines(String.format(RECORDED, feed)))
                .containsExactly("a.csv 3 name truncate Wilhelmina", "a.csv 5 name truncate Maximiliane");
        assertThat(sandbox.lines("SELECT id, name FROM public." + feed + " ORDER BY id"))
                .containsExactly("1 a", "2 Wilhe", "4 Maxim");
    }

    /** Of more than that the first are on record, and all are counted. */
    @Test
    void soManyOfALoadAreOnRecord() throws SQLException {
        String feed = feed("repaired_often", "onInvalid", "born=null", "rowsPerBatch", "3000");
        for (String object : List.of("a", "b")) {
            sandbox.put(
                    feed + "/" + object + ".csv",
                    IntStream.rangeClosed(1, 6_000)
                            .mapToObj(id -> id + ",never\n")
                            .collect(joining("", "id,born\n", "")));
        }

        LoadReport report = caravan.report(StagedBy.COPY, feed);

        assertThat(report.loads()).singleElement().satisfies(load -> assertThat(load.repaired())
                .isEqualTo(12_000));
        assertThat(sandbox.lines("SELECT object_key, COUNT(*) FROM caravan.repaired_values WHERE feed = '" + feed
                        + "' GROUP BY object_key ORDER BY object_key"))
                .containsExactly(feed + "/a.csv 6000", feed + "/b.csv 4000");
    }

    private String feed(String name, String... parameters) throws SQLException {
        sandbox.execute("CREATE TABLE public." + name + " (" + COLUMNS + ")");
        routes.ownFeed(name, sandbox.bucket(), "id", parameters);
        return name;
    }
}
