package io.caravan.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.caravan.app.TestingCaravan.StagedBy;
import io.caravan.testing.CaravanProcess.Result;
import io.caravan.testing.RouteDirectory;
import io.caravan.testing.SandboxExtension;
import io.caravan.testing.TestSandbox;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Where objects come from tells what belongs to a feed and what comes late, and not what the feed is called. */
@ExtendWith(SandboxExtension.class)
class RenamedFeedIT {

    private static final StagedBy BY = StagedBy.INSERT;

    private final TestSandbox sandbox;

    @TempDir
    private Path directory;

    private int feeds;

    RenamedFeedIT(TestSandbox sandbox) {
        this.sandbox = sandbox;
    }

    static Stream<Arguments> places() {
        return Stream.of(
                Arguments.of("the same prefix", "in/a/", "in/a/"),
                Arguments.of("a wider prefix", "in/a/", "in/"),
                Arguments.of("no prefix any more", "in/a/", ""),
                Arguments.of("a narrower prefix", "in/", "in/a/"),
                Arguments.of("part of a name", "in/a", "in/a/o"));
    }

    /** The old object is in the ledger as one that is to be tried again when the feed has its new name. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("places")
    void nothingGoesBackwards(String claim, String before, String after) throws SQLException {
        TestSandbox part = sandbox.part("late" + feeds++ + claim.hashCode() % 1000 + "x");
        part.execute("CREATE TABLE public.t (id INTEGER, name VARCHAR(20))");
        TestingCaravan old = caravan(part, "old", before);
        part.put("in/a/old.csv", "id,name\n1,old\n2,old\n");
        old.load(BY, "old");
        String newer = before.equals("in/") ? "in/b/newer.csv" : "in/a/other.csv";
        part.put(newer, "id,name\n1,new\n");
        old.load(BY, "old");
        run(old, "objects", "rearm", "--feed", "old", "--key", "in/a/old.csv");
        part.execute("DELETE FROM public.t WHERE id = 2");

        TestingCaravan renamed = caravan(part, "renamed", after);
        assertThat(renamed.load(BY, "renamed")).containsExactly("in/a/old.csv loaded 2 1 0 0 0 1");
        assertThat(renamed.lines("SELECT * FROM public.t ORDER BY id")).containsExactly("1 new", "2 old");
        part.close();
    }

    @Test
    void whatTheOldNameLeftIsFoundUnderTheNewOne() throws SQLException {
        TestSandbox part = sandbox.part("left");
        part.execute("CREATE TABLE public.t (id INTEGER, name VARCHAR(4))");
        TestingCaravan old = caravan(part, "old", "in/");
        part.put("in/a.csv", "id,name\n1,a\n2,too long\n");
        part.put("in/b.csv", "id,colour\n3,red\n");
        part.put("other/a.csv", "id,name\n9,a\n");
        old.load(BY, "old");
        TestingCaravan renamed = caravan(part, "renamed", "in/");

        assertThat(run(renamed, "objects", "list", "--feed", "renamed").stdout())
                .contains("in/a.csv", "in/b.csv");
        assertThat(run(renamed, "dead-letters", "list", "--feed", "renamed").stdout())
                .contains("VALUE_");
        assertThat(run(renamed, "dead-letters", "show", "--feed", "renamed").stdout())
                .contains("2,too long");
        assertThat(run(renamed, "dead-letters", "drop", "--feed", "renamed", "--dry-run")
                        .stdout())
                .startsWith("Would drop 1 ");
        part.execute("ALTER TABLE public.t ALTER COLUMN name TYPE VARCHAR(20)");
        assertThat(run(renamed, "dead-letters", "replay", "--feed", "renamed").stdout())
                .contains("replayed");
        assertThat(renamed.lines("SELECT * FROM public.t ORDER BY id")).containsExactly("1 a", "2 too long");
        assertThat(run(renamed, "objects", "rearm", "--feed", "renamed", "--key", "in/b.csv")
                        .stdout())
                .startsWith("Rearmed 1 ");
        assertThat(run(renamed, "objects", "skip", "--feed", "renamed", "--prefix", "in/")
                        .stdout())
                .startsWith("Skipped 1 ");
        assertThat(run(renamed, "objects", "list", "--feed", "old", "--all").stdout())
                .as("the old name still finds what bears it")
                .contains("in/a.csv", "in/b.csv");
        part.close();
    }

    @Test
    void twoFeedsOfATableKeepTheirsApart() throws SQLException {
        TestSandbox part = sandbox.part("two");
        part.execute("CREATE TABLE public.t (id INTEGER, name VARCHAR(4))", "CREATE TABLE public.u (id INTEGER)");
        RouteDirectory routes = new RouteDirectory(directory.resolve("two"));
        feed(routes, part, "one", "p/", "public.t");
        feed(routes, part, "two", "q/", "public.t");
        feed(routes, part, "elsewhere", "p/", "public.u");
        TestingCaravan caravan = new TestingCaravan(part, routes);
        assertThat(run(caravan, "check", "--offline").stdout().lines())
                .anyMatch(line -> line.contains("table public.t") && line.contains("warning"))
                .noneMatch(line -> line.contains("table public.u"));
        part.put("p/1.csv", "id,name\n1,p\n2,much too long\n");
        part.put("q/1.csv", "id,name\n1,q\nx,q\n");
        caravan.report(BY, "one", "two", "elsewhere");
        run(caravan, "objects", "rearm", "--feed", "one", "--key", "p/1.csv");

        assertThat(caravan.load(BY, "one"))
                .as("late only against objects of its own prefix")
                .containsExactly("p/1.csv loaded 2 0 1 0 0 1");
        assertThat(run(caravan, "dead-letters", "list", "--feed", "one").stdout())
                .contains("p/1.csv")
                .doesNotContain("q/1.csv");
        assertThat(run(caravan, "dead-letters", "drop", "--feed", "two").stdout())
                .startsWith("Dropped 1 ");
        assertThat(run(caravan, "objects", "list", "--feed", "elsewhere").stdout())
                .contains("rejected")
                .doesNotContain("loaded");
        part.close();
    }

    /** Of the names that two feeds have changed with each other, each means what the other one has loaded. */
    @Test
    void namesCanBeExchanged() throws SQLException {
        TestSandbox part = sandbox.part("names");
        part.execute("CREATE TABLE public.t (id INTEGER, name VARCHAR(4))");
        RouteDirectory before = new RouteDirectory(directory.resolve("before"));
        feed(before, part, "one", "p/", "public.t");
        feed(before, part, "two", "q/", "public.t");
        part.put("p/1.csv", "id,name\n1,p\nx,p\n");
        part.put("q/1.csv", "id,name\n2,q\nx,q\n");
        new TestingCaravan(part, before).report(BY, "one", "two");
        RouteDirectory after = new RouteDirectory(directory.resolve("after"));
        feed(after, part, "one", "q/", "public.t");
        feed(after, part, "two", "p/", "public.t");
        TestingCaravan caravan = new TestingCaravan(part, after);

        assertThat(run(caravan, "objects", "list", "--feed", "one").stdout())
                .contains("q/1.csv")
                .doesNotContain("p/1.csv");
        assertThat(run(caravan, "dead-letters", "list", "--feed", "two").stdout())
                .contains("p/1.csv")
                .doesNotContain("q/1.csv");
        part.close();
    }

    /** What an earlier release has made lacks columns; it is given them, and what was loaded stays loaded. */
    @Test
    void aLedgerOfAnEarlierReleaseBecomesThatOfThisOne() throws SQLException {
        TestSandbox part = sandbox.part("upgrade");
        part.execute("CREATE TABLE public.t (id INTEGER, name VARCHAR(4))");
        TestingCaravan caravan = caravan(part, "feed", "in/");
        part.put("in/1.csv", "id,name\n1,a\n");
        caravan.load(BY, "feed");
        String columns = "position, load_id, feed, target, bucket, object_key, version_id, etag, size_bytes,"
                + " last_modified, outcome, rows_read, rows_inserted, rows_updated, rows_unchanged, rows_deleted,"
                + " rows_stale, rows_superseded, rows_rejected, error_code, error, recorded_at, header";
        String ledger = "caravan.objects_public_t";
        part.execute(
                "DROP VIEW caravan.objects",
                "ALTER TABLE " + ledger + " DROP COLUMN content_sha256",
                "ALTER TABLE " + ledger + " DROP COLUMN same_content_as",
                "CREATE VIEW caravan.objects AS SELECT " + columns + " FROM " + ledger + " WITH NO SCHEMA BINDING");

        assertThat(run(caravan, "objects", "list", "--feed", "feed").stdout()).contains("in/1.csv");
        assertThat(caravan.load(BY, "feed")).isEmpty();
        part.putInParts("in/1.csv", "id,name\n1,a\n");
        part.put("in/2.csv", "id,name\n2,b\n");
        assertThat(caravan.load(BY, "feed"))
                .containsExactlyInAnyOrder("in/1.csv unchanged 1 0 0 1 0 0", "in/2.csv loaded 1 1 0 0 0 0");
        assertThat(caravan.lines("SELECT object_key, content_sha256 IS NULL FROM caravan.objects ORDER BY position"))
                .contains("in/1.csv t", "in/1.csv f", "in/2.csv f");
        // As the earlier release writes.
        part.execute("INSERT INTO " + ledger + " (" + columns + ") SELECT " + columns + " FROM " + ledger
                + " WHERE position = 1");
        part.close();
    }

    private TestingCaravan caravan(TestSandbox part, String name, String prefix) {
        RouteDirectory routes = new RouteDirectory(directory.resolve(name + feeds++));
        feed(routes, part, name, prefix, "public.t");
        return new TestingCaravan(part, routes);
    }

    private static void feed(
            RouteDirectory routes, TestSandbox part, String name, String prefix, String table, String... more) {
        List<String> parameters =
                new ArrayList<>(List.of("bucket", part.bucket(), "prefix", prefix, "table", table, "keys", "id"));
        parameters.addAll(List.of(more));
        routes.feed(name, parameters.toArray(String[]::new));
    }

    private static Result run(TestingCaravan caravan, String... arguments) {
        return caravan.run(BY, arguments);
    }
}
