package io.caravan.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.caravan.app.TestingCaravan.StagedBy;
import io.caravan.app.report.ExitCode;
import io.caravan.testing.CaravanProcess.Result;
import io.caravan.testing.RouteDirectory;
import io.caravan.testing.SandboxExtension;
import io.caravan.testing.TestSandbox;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What previews say through their commands; that they say what loads do is held by {@link RandomLoadsIT}. */
@ExtendWith(SandboxExtension.class)
class PreviewIT {

    private static final String TABLE = "(id INTEGER NOT NULL, name VARCHAR(10), qty INTEGER)";

    private final TestSandbox sandbox;

    @TempDir
    private Path directory;

    private RouteDirectory routes;
    private TestingCaravan caravan;

    PreviewIT(TestSandbox sandbox) {
        this.sandbox = sandbox;
    }

    @BeforeEach
    void start() {
        routes = new RouteDirectory(directory.resolve("routes"));
        caravan = new TestingCaravan(sandbox, routes);
    }

    @Test
    void aPreviewShowsWhatBecomesOfEachRow() throws Exception {
        table("orders", "(1, 'a', 1)", "(2, 'b', 2)", "(3, 'c', 3)");
        routes.ownFeed("orders", sandbox.bucket(), "id", "postSql", "DELETE FROM public.orders");
        sandbox.put("orders/a.csv", "id,name,qty\n1,a,1\n2,b,20\n4,,4\n5,e,x\n");

        Result preview = preview(StagedBy.COPY, "--feed", "orders");

        assertThat(withoutTimes(preview.stdout()))
                .isEqualTo(
                        """
                        Feed orders: nothing is written; this is what a load would do
                        Note: preSql and postSql are not run, and what they would change is not known

                        object        read  inserted  updated  unchanged  deleted  stale  superseded  rejected  outcome
                        orders/a.csv     4         1        1          1        0      0           0         1  loaded
                        Inserted rows:
                          id '4' of orders/a.csv:4
                            qty: '4'
                        Updated rows:
                          id '2' of orders/a.csv:3
                            qty: '2' -> '20'
                        Rejected rows:
                          1 VALUE_FORMAT, first at orders/a.csv:5, column qty
                          orders/a.csv:5 VALUE_FORMAT: qty: not a whole number: character 1 is not a
                            digit
                            5,e,x
                        SQL:
                          MERGE INTO "public"."orders"
                          USING caravan_changes
                          ON "public"."orders"."id" = caravan_changes."id"
                          WHEN MATCHED THEN UPDATE SET "name" = caravan_changes."name", "qty" =
                            caravan_changes."qty"
                          WHEN NOT MATCHED THEN INSERT ("id", "name", "qty") VALUES
                            (caravan_changes."id", caravan_changes."name", caravan_changes."qty")
                        36 B read in T, staged in T, compared in T, at ledger position 0
                        """);
        assertThat(preview.exitCode()).isEqualTo(ExitCode.REJECTED);
        assertThat(preview.stderr()).isEmpty();
    }

    @Test
    void schemaChangesAreSaidAndNotMadeAndRowsAreCountedAfterThem() throws Exception {
        routes.ownFeed("made", sandbox.bucket(), "id", "createTable", "true", "mode", "history");
        sandbox.put("made/a.csv", "id,name\n1,a\n2,b\n");
        table("grown", "(1, 'a', 1)");
        routes.ownFeed("grown", sandbox.bucket(), "id", "schema", "evolve");
        sandbox.put("grown/a.csv", "id,name,qty,more\n1,a,1,\n2,longer than ten,2,x\n");

        assertThat(preview(StagedBy.INSERT, "--feed", "made").stdout())
                .contains("\nBefore anything is loaded:\n  CREATE TABLE IF NOT EXISTS \"public\".\"made\" (\"id\"")
                .containsPattern("made/a.csv +2 +2 +0 +0 +0 +0 +0 +0  loaded");
        Result grown = preview(StagedBy.INSERT, "--feed", "grown");
        assertThat(grown.stdout())
                .as(grown.stderr())
                .contains("  ALTER TABLE \"public\".\"grown\" ADD COLUMN \"more\" ")
                .contains("  ALTER TABLE \"public\".\"grown\" ALTER COLUMN \"name\" TYPE ")
                .containsPattern("grown/a.csv +2 +1 +0 +1 +0 +0 +0 +0  loaded");
        assertThat(grown.exitCode()).isEqualTo(ExitCode.DONE);
        assertThat(caravan.load(StagedBy.INSERT, "made")).containsExactly("made/a.csv loaded 2 2 0 0 0 0");
        assertThat(caravan.load(StagedBy.INSERT, "grown")).containsExactly("grown/a.csv loaded 2 1 0 1 0 0");
    }

    @Test
    void deletionsComeWithTheVerdictOfTheirGuard() throws Exception {
        table("few", "(1, 'a', 1)", "(2, 'b', 2)", "(3, 'c', 3)");
        routes.ownFeed("few", sandbox.bucket(), "id", "mode", "mirror");
        sandbox.put("few/a.csv", "id,name,qty\n1,a,1\n");

        Result refused = preview(StagedBy.INSERT, "--feed", "few");
        assertThat(refused.exitCode()).isEqualTo(ExitCode.REJECTED);
        assertThat(refused.stdout())
                .contains("OBJECT_DELETES_TOO_MUCH: ")
                .contains("  2 of the target's 3 rows are lacking; maxDeletedRatio 0.2 does not allow it\n");
        routes.ownFeed("few", sandbox.bucket(), "id", "mode", "mirror", "maxDeletedRatio", "1");
        assertThat(preview(StagedBy.INSERT, "--feed", "few").stdout())
                .contains("  2 of the target's 3 rows are lacking; maxDeletedRatio 1.0 allows it\n")
                .contains(
                        "\nDeleted rows:\n  id '2' of few/a.csv\n    name: 'b'\n    qty: '2'\n  id '3' of few/a.csv\n");
    }

    @Test
    void ofLaterLoadsAndWithoutTheWarehouseOnlyWhatReadingTellsIsKnown() throws Exception {
        table("versions");
        sandbox.execute(
                "ALTER TABLE public.versions ADD COLUMN valid_from TIMESTAMP",
                "ALTER TABLE public.versions ADD COLUMN valid_to TIMESTAMP",
                "ALTER TABLE public.versions ADD COLUMN is_current BOOLEAN");
        routes.ownFeed("versions", sandbox.bucket(), "id", "mode", "history");
        sandbox.put("versions/a.csv", "id,name,qty\n1,a,1\n");
        sandbox.put("versions/b.csv", "id,name,qty\n1,a,2\n2,b,x\n");

        assertThat(preview(StagedBy.INSERT, "--feed", "versions").stdout())
                .containsPattern("versions/a.csv +1 +1 +0 +0 +0 +0 +0 +0  loaded")
                .containsPattern("versions/b.csv +2 +unknown +unknown +unknown +unknown +unknown +unknown +1  loaded"
                        + "\nUnknown, as a load before it changes the table\\.");
        Result alone = preview(StagedBy.INSERT, "--feed", "versions", "--key", "versions/b.csv", "--rows", "0");
        assertThat(alone.stdout())
                .containsPattern("versions/b.csv +2 +1 +0 +0 +0 +0 +0 +1  loaded")
                .doesNotContain("Inserted rows");
        Result offline = preview(StagedBy.INSERT, "--feed", "versions", "--offline", "--format", "json");
        assertThat(offline.stdout())
                .contains("\"unknown\": \"the warehouse is not asked\"")
                .contains("\"read\": 2, \"inserted\": null, ")
                .contains("\"rejected\": 0, ");
    }

    @Test
    void aLocalFileIsPreviewedAsAnObjectOfTheFeed() throws Exception {
        table("local", "(1, 'a', 1)");
        routes.ownFeed("local", sandbox.bucket(), "id");
        Path file = Files.writeString(directory.resolve("mine.csv"), "id,name,qty\n1,a,2\n,x,1\n");

        Result preview = preview(StagedBy.COPY, "--feed", "local", "--file", file.toString());
        assertThat(preview.stdout())
                .containsPattern("local/mine.csv +2 +0 +1 +0 +0 +0 +0 +1  loaded")
                .contains("\n    qty: '1' -> '2'\n");
        assertThat(preview.exitCode()).isEqualTo(ExitCode.REJECTED);
        Files.writeString(file, "name,qty\na,2\n");
        Result offline = preview(StagedBy.COPY, "--feed", "local", "--file", file.toString(), "--offline");
        assertThat(offline.stdout())
                .contains("Rejected s3://" + sandbox.bucket() + "/local/mine.csv: OBJECT_MISSING_KEY");
        assertThat(offline.exitCode()).isEqualTo(ExitCode.REJECTED);
        assertThat(caravan.run(StagedBy.COPY, "preview", "--file", file.toString())
                        .exitCode())
                .isEqualTo(ExitCode.INVALID);
    }

    @Test
    void aDryRunOfAReplayTriesItAndMarksNothing() throws Exception {
        table("letters");
        routes.ownFeed("letters", sandbox.bucket(), "id");
        sandbox.put("letters/a.csv", "id,name,qty\n1,a,1\n2,longer than ten,2\n");
        caravan.report(StagedBy.COPY, "letters");

        Result still = unchanged(StagedBy.COPY, "dead-letters", "replay", "--feed", "letters", "--dry-run");
        assertThat(still.stdout()).containsPattern("letters/a.csv +1 +0 +0 +0 +0 +0 +0 +1  replayed");
        assertThat(still.exitCode()).isEqualTo(ExitCode.REJECTED);
        sandbox.execute("ALTER TABLE public.letters ALTER COLUMN name TYPE VARCHAR(40)");
        Result good = unchanged(StagedBy.COPY, "dead-letters", "replay", "--feed", "letters", "--dry-run");
        assertThat(good.stdout()).containsPattern("letters/a.csv +1 +1 +0 +0 +0 +0 +0 +0  replayed");
        assertThat(good.exitCode()).isEqualTo(ExitCode.DONE);
    }

    @Test
    void aDryRunOfLoadIsAPreviewOfAllFeeds() throws Exception {
        table("one");
        routes.ownFeed("one", sandbox.bucket(), "id");
        sandbox.put("one/a.csv", "id,name,qty\n1,a,1\n");
        routes.ownFeed("two", sandbox.bucket(), "id");
        sandbox.put("two/a.csv", "id,name,qty\n1,a,1\n");

        Result dry = unchanged(StagedBy.INSERT, "load", "--dry-run");

        assertThat(dry.stdout()).containsPattern("one/a.csv +1 +1 +0 +0 +0 +0 +0 +0  loaded");
        assertThat(dry.stderr()).contains("feed two: TARGET_NOT_FOUND: ");
        assertThat(dry.exitCode()).isEqualTo(ExitCode.INVALID);
    }

    private void table(String name, String... rows) throws SQLException {
        sandbox.execute("CREATE TABLE public." + name + " " + TABLE);
        for (String row : rows) {
            sandbox.execute("INSERT INTO public." + name + " VALUES " + row);
        }
    }

    private Result preview(StagedBy stagedBy, String... arguments) throws SQLException {
        return unchanged(
                stagedBy,
                Stream.concat(Stream.of("preview"), Stream.of(arguments)).toArray(String[]::new));
    }

    /** Runs a command, after which all is as it was. */
    private Result unchanged(StagedBy stagedBy, String... arguments) throws SQLException {
        WorldState before = WorldState.of(sandbox);
        Result result = caravan.run(stagedBy, arguments);
        assertThat(WorldState.of(sandbox)).isEqualTo(before);
        return result;
    }

    private static String withoutTimes(String text) {
        return text.replaceAll("\\d+\\.\\d s", "T");
    }
}
