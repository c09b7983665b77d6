package io.caravan.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.caravan.app.TestingCaravan.StagedBy;
import io.caravan.testing.RouteDirectory;
import io.caravan.testing.SandboxExtension;
import io.caravan.testing.TestSandbox;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Tables that Caravan makes and changes. */
@ExtendWith(SandboxExtension.class)
class SchemaIT {

    private final TestSandbox sandbox;

    @TempDir
    private Path directory;

    SchemaIT(TestSandbox sandbox) {
        this.sandbox = sandbox;
    }

    @Test
    void aTableIsCreatedForTheFirstObject() throws SQLException {
        TestingCaravan caravan = feed("plain", "keys", "id", "createTable", "true");
        sandbox.put(
                "plain/1.csv",
                "ID,Zip,price,day,at,ok,what? \"odd\" {name}\n"
                                .replace("what? \"odd\" {name}", "\"what? \"\"odd\"\" {name}\"")
                        + "1,01067,1.50,2026-01-01,2026-01-01T12:00Z,true,x\n2,99084,20,,,,\n");

        assertThat(caravan.load(StagedBy.COPY, "plain")).containsExactly("plain/1.csv loaded 2 2 0 0 0 0");

        assertThat(shape("plain"))
                .containsExactly(
                        "id integer NO",
                        "zip character varying(16) YES",
                        "price numeric(18,4) YES",
                        "day date YES",
                        "at timestamp with time zone YES",
                        "ok boolean YES",
                        "what? \"odd\" {name} character varying(16) YES");
        assertThat(caravan.lines("SELECT id, zip, price, ok FROM public.plain ORDER BY id"))
                .containsExactly("1 01067 1.5000 t", "2 99084 20.0000 null");
        assertThat(caravan.countsThatDoNotAddUp()).isEmpty();
    }

    @Test
    void aCreatedTableHasWhatTheFeedNames() throws SQLException {
        TestingCaravan caravan = feed(
                "named",
                "keys",
                "id,Day",
                "createTable",
                "true",
                "distKey",
                "id",
                "sortKey",
                "day,loaded_at",
                "mode",
                "changes",
                "deletedColumn",
                "gone_at",
                "loadIdColumn",
                "load_id",
                "objectKeyColumn",
                "object_key",
                "lineColumn",
                "line",
                "loadedAtColumn",
                "loaded_at");
        sandbox.put("named/1.csv", "Op,id,day,qty\nI,1,2026-01-01,5\nD,2,2026-01-01,\n");

        assertThat(caravan.load(StagedBy.INSERT, "named")).containsExactly("named/1.csv loaded 2 1 0 1 0 0");

        assertThat(shape("named"))
                .containsExactly(
                        "id integer NO",
                        "day date NO",
                        "qty integer YES",
                        "gone_at timestamp without time zone YES",
                        "load_id character varying(64) YES",
                        "object_key character varying(1024) YES",
                        "line bigint YES",
                        "loaded_at timestamp without time zone YES");
        assertThat(caravan.lines("SELECT id, qty, gone_at, object_key, line FROM public.named"))
                .containsExactly("1 5 null named/1.csv 2");
    }

    @Test
    void aCreatedTableCanKeepAHistory() throws SQLException {
        TestingCaravan caravan = feed("history", "keys", "id", "createTable", "true", "mode", "history");
        sandbox.put("history/1.csv", "id,name\n1,a\n");
        sandbox.put("history/2.csv", "id,name\n1,b\n");

        assertThat(caravan.load(StagedBy.COPY, "history"))
                .containsExactly("history/1.csv loaded 1 1 0 0 0 0", "history/2.csv loaded 1 0 1 0 0 0");

        assertThat(shape("history"))
                .containsExactly(
                        "id integer NO",
                        "name character varying(16) YES",
                        "valid_from timestamp without time zone YES",
                        "valid_to timestamp without time zone YES",
                        "is_current boolean YES");
        assertThat(caravan.lines("SELECT id, name, is_current FROM public.history ORDER BY valid_from"))
                .containsExactly("1 a f", "1 b t");
    }

    @Test
    void objectsThatNoTableCanBeMadeForAreLeftToTheLoad() throws SQLException {
        TestingCaravan caravan = feed("bad", "keys", "id", "createTable", "true");
        sandbox.put("bad/1.csv", "");
        sandbox.put("bad/2.csv", "name\nx\n");
        assertThat(caravan.report(StagedBy.COPY, "bad").failures())
                .extracting(failure -> failure.reason().code().name())
                .containsExactly("TARGET_NOT_FOUND");

        sandbox.put("bad/3.csv", "id,name\n1,x\n");

        assertThat(caravan.load(StagedBy.COPY, "bad"))
                .containsExactly(
                        "bad/1.csv rejected 0 0 0 0 0 0",
                        "bad/2.csv rejected 0 0 0 0 0 0",
                        "bad/3.csv loaded 1 1 0 0 0 0");
    }

    @Test
    void aTableEvolvesWithItsObjects() throws SQLException {
        TestingCaravan caravan = feed("evolve", "keys", "id", "schema", "evolve");
        sandbox.execute("CREATE TABLE public.evolve (id INTEGER NOT NULL, name VARCHAR(8))");
        sandbox.put("evolve/1.csv", "id,name\n1,a\n");
        sandbox.put("evolve/2.csv", "id,name\n2,123456789\n");
        sandbox.put("evolve/3.csv", "id,name,Born\n3,b,2026-01-01\n4,a name of more than 32 bytes in all,\n");
        sandbox.put("evolve/4.csv", "id,name\n5,c\n1,d\n");

        assertThat(caravan.load(StagedBy.COPY, "evolve"))
                .containsExactly(
                        "evolve/1.csv loaded 1 1 0 0 0 0",
                        "evolve/2.csv loaded 1 1 0 0 0 0",
                        "evolve/3.csv loaded 2 2 0 0 0 0",
                        "evolve/4.csv loaded 2 1 1 0 0 0");

        assertThat(shape("evolve"))
                .containsExactly("id integer NO", "name character varying(128) YES", "born date YES");
        assertThat(caravan.lines("SELECT id, born FROM public.evolve ORDER BY id"))
                .containsExactly("1 null", "2 null", "3 2026-01-01", "4 null", "5 null");
        assertThat(caravan.loads("evolve")).hasSize(4);
        assertThat(caravan.countsThatDoNotAddUp()).isEmpty();
    }

    @Test
    void whatATableCannotBecomeIsRejectedAsUsual() throws SQLException {
        TestingCaravan caravan = feed("stays", "keys", "id", "schema", "evolve", "loadedAtColumn", "loaded_at");
        sandbox.execute("CREATE TABLE public.stays (id INTEGER NOT NULL, name VARCHAR(8), qty INTEGER,"
                + " loaded_at TIMESTAMP)");
        sandbox.execute("CREATE VIEW public.stays_view AS SELECT name FROM public.stays");
        sandbox.put("stays/1.csv", "id,name,qty\n1,123456789,1\n2,b,2.5\n3,c,3\n");
        sandbox.put("stays/2.csv", "id,loaded_at\n4,2026-01-01\n");
        sandbox.put("stays/3.csv", "name,colour\nx,red\n");
        sandbox.put("stays/4.csv", "id,name\n5,123456789\n6,e\n");

        assertThat(caravan.load(StagedBy.INSERT, "stays"))
                .containsExactly(
                        "stays/1.csv loaded 3 1 0 0 0 2",
                        "stays/2.csv rejected 0 0 0 0 0 0",
                        "stays/3.csv rejected 0 0 0 0 0 0",
                        "stays/4.csv loaded 2 1 0 0 0 1");

        assertThat(shape("stays"))
                .containsExactly(
                        "id integer NO",
                        "name character varying(8) YES",
                        "qty integer YES",
                        "loaded_at timestamp without time zone YES");
        assertThat(caravan.ledger("stays"))
                .containsExactly(
                        "stays/1.csv loaded 3 1 0 0 0 2 null",
                        "stays/2.csv rejected 0 0 0 0 0 0 OBJECT_UNKNOWN_COLUMN",
                        "stays/3.csv rejected 0 0 0 0 0 0 OBJECT_MISSING_KEY",
                        "stays/4.csv loaded 2 1 0 0 0 1 null");
    }

    @Test
    void aSnapshotCanEvolveTheTableToo() throws SQLException {
        TestingCaravan caravan =
                feed("snapshot", "keys", "id", "schema", "evolve", "createTable", "true", "mode", "replace");
        sandbox.put("snapshot/1.csv", "id,name\n1,a\n");
        assertThat(caravan.load(StagedBy.COPY, "snapshot")).containsExactly("snapshot/1.csv loaded 1 1 0 0 0 0");
        sandbox.put("snapshot/2.csv", "id,name,qty\n2,b,5\n");

        assertThat(caravan.load(StagedBy.COPY, "snapshot")).containsExactly("snapshot/2.csv loaded 1 1 0 0 0 0");

        assertThat(caravan.lines("SELECT id, name, qty FROM public.snapshot")).containsExactly("2 b 5");
    }

    @Test
    void twoEnginesAtOnceMakeOneTableAndOneLoad() throws Exception {
        TestingCaravan caravan = feed("race", "keys", "id", "createTable", "true", "schema", "evolve");
        List<String> names = new ArrayList<>();
        for (int round = 1; round <= 4; round++) {
            String name = "race/" + round + ".csv";
            names.add(name + " loaded 1");
            sandbox.put(
                    name,
                    "id,name,extra" + round + "\n" + round + ",\"" + "x".repeat(20 * round * round) + "\"," + round
                            + "\n");

            List<LoadReport> reports = atOnce(() -> caravan.report(StagedBy.COPY, "race"));

            assertThat(reports)
                    .allSatisfy(report -> assertThat(report.failures()).isEmpty());
        }

        assertThat(caravan.lines("SELECT object_key, outcome, rows_inserted FROM caravan.objects"
                        + " WHERE feed = 'race' ORDER BY position"))
                .isEqualTo(names);
        assertThat(shape("race"))
                .containsExactly(
                        "id integer NO",
                        "name character varying(1024) YES",
                        "extra1 integer YES",
                        "extra2 integer YES",
                        "extra3 integer YES",
                        "extra4 integer YES");
        assertThat(caravan.lines(
                        "SELECT id, LENGTH(name), extra1, extra2, extra3, extra4 FROM public.race ORDER BY id"))
                .containsExactly(
                        "1 20 1 null null null",
                        "2 80 null 2 null null",
                        "3 180 null null 3 null",
                        "4 320 null null null 4");
    }

    @Test
    void anObjectThatNoTableCanBeMadeForIsShownByCheck() throws SQLException {
        TestingCaravan caravan = feed("unfit", "keys", "id", "createTable", "true", "sortKey", "day");
        sandbox.put("unfit/1.csv", "id,name\n1,a\n");

        assertThat(check(caravan, "unfit"))
                .isEqualTo("FAILED s3://" + sandbox.bucket()
                        + "/unfit/1.csv: the object lacks the column 'day' that the feed names in 'sortKey',"
                        + " so that public.unfit cannot be created by it; its header names \"id\", \"name\"");
    }

    @Test
    void checkShowsHowTheTableWouldBeCreated() throws SQLException {
        TestingCaravan caravan = feed("shown", "keys", "id", "createTable", "true", "distKey", "id");
        assertThat(check(caravan, "shown")).isEqualTo("OK does not exist yet; there is no object yet to create it for");

        sandbox.put("shown/1.csv", "id,name\n1,a\n");
        assertThat(check(caravan, "shown"))
                .isEqualTo("OK does not exist yet; s3://" + sandbox.bucket() + "/shown/1.csv would make it:"
                        + " CREATE TABLE IF NOT EXISTS \"public\".\"shown\" (\"id\" INTEGER NOT NULL,"
                        + " \"name\" VARCHAR(16)) DISTSTYLE KEY DISTKEY (\"id\")");
        assertThat(shape("shown")).isEmpty();

        assertThat(check(feed("absent", "keys", "id"), "absent")).startsWith("INVALID There is no table public.absent");
    }

    private static String check(TestingCaravan caravan, String feed) {
        return UseCases.check(caravan.settings(StagedBy.COPY), false).stream()
                .filter(result -> result.subject().equals("feed " + feed + ": table public." + feed))
                .map(result -> result.verdict() + " " + result.detail())
                .findFirst()
                .orElseThrow();
    }

    private static List<LoadReport> atOnce(Callable<LoadReport> action) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try {
            List<LoadReport> reports = new ArrayList<>();
            for (Future<LoadReport> report : threads.invokeAll(List.of(action, action))) {
                reports.add(report.get());
            }
            return reports;
        } finally {
            threads.shutdown();
        }
    }

    /** A feed of objects under its name, into a table of its name. */
    private TestingCaravan feed(String name, String... parameters) {
        RouteDirectory routes = new RouteDirectory(directory.resolve(name));
        List<String> all =
                new ArrayList<>(List.of("bucket", sandbox.bucket(), "prefix", name + "/", "table", "public." + name));
        all.addAll(Arrays.asList(parameters));
        routes.feed(name, all.toArray(String[]::new));
        return new TestingCaravan(sandbox, routes);
    }

    private List<String> shape(String table) throws SQLException {
        return sandbox
                .query("SELECT column_name, data_type, character_maximum_length, numeric_precision, numeric_scale,"
                        + " is_nullable FROM svv_columns WHERE table_schema = 'public' AND table_name = '" + table
                        + "' ORDER BY ordinal_position")
                .stream()
                .map(row -> row.get(0) + " " + row.get(1)
                        + (row.get(2) != null ? "(" + row.get(2) + ")" : "")
                        + ("numeric".equals(row.get(1)) ? "(" + row.get(3) + "," + row.get(4) + ")" : "") + " "
                        + row.get(5))
                .toList();
    }
}
