package io.caravan.app;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import io.caravan.app.TestingCaravan.StagedBy;
import io.caravan.app.report.LoadReport;
import io.caravan.testing.CaravanProcess;
import io.caravan.testing.RouteDirectory;
import io.caravan.testing.SandboxExtension;
import io.caravan.testing.TestSandbox;
import io.caravan.testing.Waiting;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Tables that are not plain, and what a feed does around its load. */
@ExtendWith(SandboxExtension.class)
class TargetsIT {

    private final TestSandbox sandbox;

    @TempDir
    private Path directory;

    TargetsIT(TestSandbox sandbox) {
        this.sandbox = sandbox;
    }

    @ParameterizedTest
    @EnumSource
    void columnsThatObjectsLackGetTheirDefaultsAndIdentities(StagedBy stagedBy) throws SQLException {
        String table = "extras_" + (stagedBy == StagedBy.COPY ? "c" : "i");
        sandbox.execute(
                "CREATE TABLE public." + table
                        + " (no BIGINT IDENTITY(1,1), id INTEGER NOT NULL, note VARCHAR(10) DEFAULT 'none', extra DATE, name VARCHAR(5))");

        load(table, stagedBy, List.of("keys", "id"), "name,id\nAda,1\n", "id,name\n1,Bo\n2,Cy\n");

        assertThat(rows("SELECT id, note, extra, name FROM public." + table + " ORDER BY id"))
                .containsExactly("1|none|null|Bo", "2|none|null|Cy");
        assertThat(rows("SELECT COUNT(DISTINCT no) FROM public." + table)).containsExactly("2");
    }

    @ParameterizedTest
    @EnumSource
    void reservedWordsAndMixedCaseAreNamesLikeOthers(StagedBy stagedBy) throws SQLException {
        String table = "order_" + (stagedBy == StagedBy.COPY ? "c" : "i");
        sandbox.execute(
                "CREATE TABLE public." + table
                        + " (\"select\" INTEGER NOT NULL, \"From\" VARCHAR(5), \"two words\" VARCHAR(5), \"a\"\"b\" VARCHAR(5))");

        load(table, stagedBy, List.of("keys", "SELECT"), "Select,FROM,Two Words,\"a\"\"b\"\n1,x,y,z\n1,u,v,w\n");

        assertThat(rows("SELECT * FROM public." + table)).containsExactly("1|u|v|w");
    }

    @ParameterizedTest
    @EnumSource
    void aTableMayBeVeryWide(StagedBy stagedBy) throws SQLException {
        String table = "wide_" + (stagedBy == StagedBy.COPY ? "c" : "i");
        // Three of the 1,600 columns that a table may have are for the place and the action of a staged row.
        List<String> names = IntStream.range(0, 1597).mapToObj(i -> "c" + i).toList();
        sandbox.execute("CREATE TABLE public." + table + " ("
                + names.stream().map(name -> name + " SMALLINT").collect(joining(", ")) + ")");
        String header = String.join(",", names);
        String row = names.stream().map(name -> name.substring(1)).collect(joining(","));

        load(table, stagedBy, List.of("keys", "c0"), header + "\n" + row + "\n");
        load(table, stagedBy, List.of("keys", "c0"), header + "\n" + row + "\n\n");

        assertThat(rows("SELECT c0, c1596 FROM public." + table)).containsExactly("0|1596");
        assertThat(rows("SELECT rows_inserted, rows_unchanged FROM caravan.loads WHERE feed = '" + table + "'"))
                .containsExactlyInAnyOrder("1|0", "0|1");
    }

    @ParameterizedTest
    @EnumSource
    void rowsSayWhereTheyCameFrom(StagedBy stagedBy) throws SQLException {
        String table = "sources_" + (stagedBy == StagedBy.COPY ? "c" : "i");
        sandbox.execute("CREATE TABLE public." + table
                + " (id INTEGER NOT NULL, name VARCHAR(5), l VARCHAR(64), k VARCHAR(1024), n BIGINT, t TIMESTAMP)");
        List<String> parameters = List.of(
                "keys", "id", "loadIdColumn", "l", "objectKeyColumn", "k", "lineColumn", "n", "loadedAtColumn", "t");

        load(table, stagedBy, parameters, "id,name\n1,a\n2,b\n", "id,name\n2,b\n3,c\n");
        load(table, stagedBy, parameters, "id,name\n2,b\n3,d\n");

        assertThat(rows("SELECT id, k, n, l IN (SELECT load_id FROM caravan.loads), t IS NOT NULL FROM public." + table
                        + " ORDER BY id"))
                .containsExactly(
                        "1|" + table + "/a.csv|2|t|t", "2|" + table + "/b.csv|2|t|t", "3|" + table + "/a.csv|3|t|t");
    }

    @ParameterizedTest
    @EnumSource
    void aFeedsOwnSqlIsCommittedWithItsRowsOrNotAtAll(StagedBy stagedBy) throws SQLException {
        String table = "scripts_" + (stagedBy == StagedBy.COPY ? "c" : "i");
        sandbox.execute(
                "CREATE TABLE public." + table + " (id INTEGER NOT NULL, name VARCHAR(5))",
                "CREATE TABLE public." + table + "_log (what VARCHAR(20), rows_then BIGINT)",
                "INSERT INTO public." + table + " VALUES (7, 'old')");
        String count = " SELECT 'X', COUNT(*) FROM public." + table;
        String log = "INSERT INTO public." + table + "_log";

        load(
                table,
                stagedBy,
                List.of(
                        "keys", "id",
                        "preSql", "DELETE FROM public." + table + " WHERE id = 7",
                        "postSql", log + count.replace("X", "inside")),
                "id,name\n1,a\n2,b\n");
        LoadReport failed = report(
                table,
                stagedBy,
                List.of(
                        "keys",
                        "id",
                        "preSql",
                        log + " VALUES ('lost', 0)",
                        "postSql",
                        "INSERT INTO no_such_table VALUES (1)"),
                "id,name\n3,c\n");

        assertThat(failed.failures()).hasSize(1);
        assertThat(rows("SELECT * FROM public." + table + " ORDER BY id")).containsExactly("1|a", "2|b");
        assertThat(rows("SELECT * FROM public." + table + "_log")).containsExactly("inside|2");
    }

    @Test
    void sqlAfterTheCommitSeesTheRowsAndCannotTakeThemBack() throws SQLException {
        sandbox.execute(
                "CREATE TABLE public.afterwards (id INTEGER NOT NULL)",
                "CREATE TABLE public.afterwards_log (rows_then BIGINT)");

        load(
                "afterwards",
                StagedBy.INSERT,
                List.of(
                        "keys", "id",
                        "postSql", "INSERT INTO public.afterwards_log SELECT COUNT(*) FROM public.afterwards",
                        "postSqlAfterCommit", "true"),
                "id\n1\n2\n");
        load(
                "afterwards",
                StagedBy.INSERT,
                List.of("keys", "id", "postSql", "INSERT INTO no_such_table VALUES (1)", "postSqlAfterCommit", "true"),
                "id\n3\n");

        assertThat(rows("SELECT * FROM public.afterwards_log")).containsExactly("2");
        assertThat(rows("SELECT COUNT(*) FROM public.afterwards")).containsExactly("3");
    }

    @Test
    void aTableThatSomebodyElseHasEmptiedOrMadeAnewIsToldOfWithTheWayOut() throws Exception {
        String create = "CREATE TABLE public.emptied (id INTEGER NOT NULL, name VARCHAR(5))";
        sandbox.execute(create);
        RouteDirectory routes = new RouteDirectory(directory.resolve("emptied"));
        routes.ownFeed("emptied", sandbox.bucket(), "id", "pollDelay", "200");
        TestingCaravan caravan = new TestingCaravan(sandbox, routes);
        sandbox.put("emptied/a.csv", "id,name\n1,a\n2,b\n");
        sandbox.put("emptied/b.csv", "id,name\n3,c\n");
        String told =
                "feed emptied: table public.emptied is empty, although the ledger has 2 objects whose rows were loaded"
                        + " into it: somebody else has emptied it or made it anew. They do not load again by themselves; to have"
                        + " that, run: caravan objects rearm --feed emptied --prefix 'emptied/'";
        assertThat(caravan.load(StagedBy.INSERT, "emptied")).hasSize(2);
        assertThat(caravan.run(StagedBy.INSERT, "check").stdout()).doesNotContain("is empty");

        sandbox.execute("DELETE FROM public.emptied");
        CaravanProcess.Result check = caravan.run(StagedBy.INSERT, "check");
        assertThat(check.exitCode()).isZero();
        assertThat(check.stdout().lines().map(line -> line.replaceAll(" +", " ")))
                .contains(told.replaceFirst("feed emptied:", "feed emptied warning"));
        caravan.run(StagedBy.INSERT, "objects", "rearm", "--feed", "emptied", "--prefix", "emptied/");
        assertThat(caravan.run(StagedBy.INSERT, "check").stdout()).doesNotContain("is empty");
        assertThat(caravan.load(StagedBy.INSERT, "emptied")).hasSize(2);
        assertThat(rows("SELECT COUNT(*) FROM public.emptied")).containsExactly("3");

        sandbox.execute("DROP TABLE public.emptied", create);
        Map<String, String> environment = new HashMap<>(sandbox.environment());
        environment.put("CARAVAN_ROUTES_DIRECTORY", routes.path().toString());
        String warning = told.replaceFirst("feed", "Feed");
        try (CaravanProcess service = CaravanProcess.start(directory, environment, "run")) {
            Waiting.until("it is told", () -> service.stderr().contains(warning));
            sandbox.put("emptied/c.csv", "id,name\n4,d\n");
            Waiting.until("a new object loads", () -> rows("SELECT COUNT(*) FROM public.emptied")
                    .equals(List.of("1")));
            sandbox.put("emptied/d.csv", "id,name\n5,e\n");
            Waiting.until("another loads", () -> rows("SELECT COUNT(*) FROM public.emptied")
                    .equals(List.of("2")));
            // Once, but again when it happens again, while it runs.
            assertThat(service.stderr().lines().filter(line -> line.contains("is empty")))
                    .hasSize(1);
            sandbox.execute("DELETE FROM public.emptied");
            sandbox.put("emptied/e.csv", "id,name\n6,f\n");
            Waiting.until("it is told again", () -> service.stderr()
                    .contains("table public.emptied is empty, although the ledger has 4 objects"));
        }
    }

    private void load(String table, StagedBy stagedBy, List<String> parameters, String... objects) {
        assertThat(report(table, stagedBy, parameters, objects).failures()).isEmpty();
    }

    private LoadReport report(String table, StagedBy stagedBy, List<String> parameters, String... objects) {
        RouteDirectory routes = new RouteDirectory(directory.resolve(table + System.nanoTime()));
        List<String> all =
                new ArrayList<>(List.of("bucket", sandbox.bucket(), "prefix", table + "/", "table", "public." + table));
        all.addAll(parameters);
        routes.feed(table, all.toArray(String[]::new));
        for (int i = 0; i < objects.length; i++) {
            sandbox.put(table + "/" + (char) ('a' + i) + ".csv", objects[i]);
        }
        return new TestingCaravan(sandbox, routes).report(stagedBy, table);
    }

    private List<String> rows(String sql) throws SQLException {
        Stream<List<String>> rows = sandbox.query(sql).stream()
                .map(row -> row.stream().map(String::valueOf).toList());
        return rows.map(row -> String.join("|", row)).toList();
    }
}
