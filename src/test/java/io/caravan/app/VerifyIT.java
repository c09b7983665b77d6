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
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Tables are compared with the objects that were loaded into them, and what somebody has changed by hand is found. */
@ExtendWith(SandboxExtension.class)
class VerifyIT {

    private static final String PLAIN = "id INTEGER NOT NULL, name VARCHAR(20), qty INTEGER";

    private static final String ROWS = "id,name,qty\n1,a,1\n2,b,2\n3,c,3\n4,d,4\n";

    /**
     * A feed with a table of its own.
     *
     * @param before SQL of rows that are there before the first load
     * @param parameters its keys, and then more of them
     * @param passes the object that each load finds
     * @param equal how it is after the loads: result, rows equal, different, missing, doubled and in no object, loads
     * @param found likewise after the edits by hand
     */
    private record Case(
            String name,
            String columns,
            List<String> before,
            List<String> parameters,
            List<String> passes,
            String equal,
            String found) {}

    private static final List<Case> CASES = List.of(
            new Case(
                    "upserted",
                    PLAIN,
                    List.of(),
                    List.of("id"),
                    List.of(ROWS, "id,name,qty\n1,z,2\n5,,\n6,x,y\n"),
                    "equal,5,0,0,0,0,2",
                    "different,3,1,1,1,1,2"),
            new Case(
                    "ordered",
                    PLAIN,
                    List.of(),
                    List.of("id", "sequenceBy", "qty"),
                    List.of(ROWS, "id,name,qty\n1,old,0\n4,new,9\n"),
                    "equal,4,0,0,0,0,2",
                    "different,2,1,1,1,1,2"),
            new Case(
                    "updated",
                    PLAIN,
                    List.of("(1, 'q', 0)", "(2, 'b', 2)", "(3, 'c', 3)", "(4, 'r', 0)"),
                    List.of("id", "mode", "update-only"),
                    List.of(ROWS, "id,name,qty\n1,z,9\n5,e,5\n"),
                    "equal,4,0,0,0,0,2",
                    "different,2,1,1,1,1,2"),
            new Case(
                    "inserted",
                    PLAIN,
                    List.of(),
                    List.of("id", "mode", "insert-only"),
                    List.of(ROWS, "id,name,qty\n1,z,9\n5,e,5\n"),
                    "equal,5,0,0,0,0,2",
                    "different,3,1,1,1,1,2"),
            new Case(
                    "appended",
                    PLAIN,
                    List.of(),
                    List.of("", "mode", "append"),
                    List.of(ROWS, "id,name,qty\n1,a,1\n"),
                    "equal,5,0,0,0,0,2",
                    "different,3,0,2,1,2,2"),
            new Case(
                    "replaced",
                    PLAIN,
                    List.of(),
                    List.of("id", "mode", "replace"),
                    List.of("id,name,qty\n8,h,8\n", ROWS),
                    "equal,4,0,0,0,0,1",
                    "different,2,1,1,1,1,1"),
            new Case(
                    "replaced_whole",
                    PLAIN,
                    List.of(),
                    List.of("", "mode", "replace"),
                    List.of("id,name,qty\n8,h,8\n", ROWS),
                    "equal,4,0,0,0,0,1",
                    "different,2,0,2,1,2,1"),
            new Case(
                    "mirrored",
                    PLAIN,
                    List.of(),
                    List.of("id", "mode", "mirror", "maxDeletedRatio", "1"),
                    List.of("id,name,qty\n1,q,8\n8,h,8\n", ROWS),
                    "equal,4,0,0,0,0,1",
                    "different,2,1,1,1,1,1"),
            new Case(
                    "mirrored_in_part",
                    PLAIN,
                    List.of(),
                    List.of("id", "mode", "mirror", "maxDeletedRatio", "1"),
                    List.of(ROWS, "id,name,qty\n1,a,1\n2,b,x\n3,c,3\n5,e,5\n"),
                    "equal,4,0,0,0,0,2",
                    "different,3,0,1,1,1,2"),
            new Case(
                    "spelled",
                    PLAIN + ", code VARCHAR(5)",
                    List.of(),
                    List.of("id,code", "mode", "mirror", "maxDeletedRatio", "1"),
                    List.of(
                            "id,name,qty,code\n1,a,1,x\n2,b,2,x\n3,c,3,\"\"\n4,d,4,x \n",
                            "id,name,qty,code\n1,z,1,x \n2,b,2,x  \n3,c,3,  \n4,d,4,x\n"),
                    "equal,4,0,0,0,0,1",
                    "different,2,1,1,1,1,1"),
            new Case(
                    "spelled_before",
                    PLAIN + ", code VARCHAR(5)",
                    List.of("(1, 'a', 1, 'x')", "(4, 'q', 0, 'x ')"),
                    List.of("id,code"),
                    List.of("id,name,qty,code\n1,a,1,x \n2,b,2,y\n3,c,3,y\n4,d,4,x\n"),
                    "equal,4,0,0,0,0,1",
                    "unknown,2,1,1,1,1,1"),
            new Case(
                    "marked",
                    PLAIN + ", gone TIMESTAMP",
                    List.of(),
                    List.of("id", "mode", "mirror", "maxDeletedRatio", "1", "deletedColumn", "gone"),
                    List.of(ROWS, "id,name,qty\n2,b,2\n3,c,3\n4,d,5\n"),
                    "equal,4,0,0,0,0,2",
                    "different,2,1,1,1,1,2"),
            new Case(
                    "changed",
                    PLAIN,
                    List.of(),
                    List.of("id", "mode", "changes"),
                    List.of(
                            "Op,id,name,qty\nI,1,a,1\nI,2,b,2\nI,3,c,3\nI,4,d,4\nI,6,f,6\n",
                            "Op,id,name,qty\nD,6,,\nU,4,dd,4\n"),
                    "equal,4,0,0,0,0,2",
                    "different,2,1,1,1,1,2"),
            new Case(
                    "versions",
                    PLAIN + ", valid_from TIMESTAMP, valid_to TIMESTAMP, is_current BOOLEAN",
                    List.of(),
                    List.of("id", "mode", "history"),
                    List.of(ROWS, "id,qty\n4,5\n"),
                    "equal,5,0,0,0,0,2",
                    "different,2,2,1,1,1,2"),
            new Case(
                    "closed",
                    PLAIN + ", valid_from TIMESTAMP, valid_to TIMESTAMP, is_current BOOLEAN",
                    List.of(),
                    List.of("id", "mode", "history", "closeMissing", "true", "maxDeletedRatio", "1"),
                    List.of(ROWS, "id,name,qty\n1,a,1\n2,b,2\n4,dd,4\n"),
                    "equal,5,0,0,0,0,2",
                    "different,2,2,1,1,1,2"),
            new Case(
                    "traced",
                    PLAIN + ", l VARCHAR(64), k VARCHAR(1024), n BIGINT, at TIMESTAMP, spare INTEGER DEFAULT 7",
                    List.of(),
                    List.of(
                            "id",
                            "loadIdColumn",
                            "l",
                            "objectKeyColumn",
                            "k",
                            "lineColumn",
                            "n",
                            "loadedAtColumn",
                            "at"),
                    List.of(ROWS, "id,name,qty\n1,a,1\n4,dd,4\n"),
                    "equal,4,0,0,0,0,2",
                    "different,2,1,1,1,1,2"),
            new Case(
                    "typed",
                    PLAIN + ", doc SUPER, bin VARBYTE(20), code CHAR(3), rate DOUBLE PRECISION, price DECIMAL(8,2),"
                            + " day DATE, at TIMESTAMP, zoned TIMESTAMPTZ, t TIME, yes BOOLEAN",
                    List.of(),
                    List.of("id"),
                    List.of("id,name,qty,doc,bin,code,rate,price,day,at,zoned,t,yes\n"
                            + "1,\"x \",,\"{\"\"a\"\":[1]}\",00ff,ab,1e-7,1.5,2024-02-29,2024-02-29 12:30:00.5,"
                            + "2024-02-29 12:30:00+05:45,10:00,true\n"
                            + "2,b,2,,,,,,,,,,\n3,c,3,7,,,,,,,,,false\n4,d,4,,,,,,,,,,\n"),
                    "equal,4,0,0,0,0,1",
                    "different,2,1,1,1,1,1"));

    private final TestSandbox sandbox;

    @TempDir
    private Path directory;

    private RouteDirectory routes;
    private TestingCaravan caravan;

    VerifyIT(TestSandbox sandbox) {
        this.sandbox = sandbox;
    }

    @BeforeEach
    void start() {
        routes = new RouteDirectory(directory.resolve("routes"));
        caravan = new TestingCaravan(sandbox, routes);
    }

    @Test
    void inEveryModeTheTableIsEqualAfterItsLoadsAndWhatIsEditedByHandIsFound() throws Exception {
        for (Case one : CASES) {
            table(one.name(), one.columns(), one.before());
            feed(one.name(), one.parameters());
        }
        for (int pass = 0; pass < 2; pass++) {
            for (Case one : CASES) {
                if (pass < one.passes().size()) {
                    sandbox.put(one.name() + "/" + pass + ".csv", one.passes().get(pass));
                }
            }
            assertThat(caravan.report(StagedBy.COPY).failures()).isEmpty();
        }

        assertThat(verify(StagedBy.COPY, ExitCode.DONE)).containsExactlyElementsOf(lines(Case::equal));
        for (Case one : CASES) {
            sandbox.execute(
                    "UPDATE public." + one.name() + " SET name = 'edited' WHERE id = 4",
                    "DELETE FROM public." + one.name() + " WHERE id = 2",
                    "INSERT INTO public." + one.name() + " SELECT * FROM public." + one.name() + " WHERE id = 3",
                    "INSERT INTO public." + one.name() + " (id, name) VALUES (9, 'added')");
        }
        assertThat(verify(StagedBy.INSERT, ExitCode.REJECTED)).containsExactlyElementsOf(lines(Case::found));
    }

    @Test
    void blanksAtTheEndOfAKeyOfAnyFeedAreNoDifference() throws Exception {
        table("shared", PLAIN + ", code VARCHAR(5)", List.of("(1, 'q', 0, 'x ')"));
        for (String key : List.of("id", "code")) {
            String name = "shared_by_" + key;
            routes.feed(name, "bucket", sandbox.bucket(), "prefix", name + "/", "table", "public.shared", "keys", key);
        }
        sandbox.put("shared_by_code/a.csv", "id,name,qty,code\n1,a,1,x\n2,b ,2,y\n");
        assertThat(caravan.report(StagedBy.COPY).failures()).isEmpty();

        assertThat(verify(StagedBy.COPY, ExitCode.DONE)).containsExactly("public.shared,equal,2,0,0,0,0,1");
        sandbox.put("shared_by_id/a.csv", "id,name,qty,code\n2,c ,2,y \n");
        assertThat(caravan.report(StagedBy.COPY).failures()).isEmpty();
        assertThat(verify(StagedBy.COPY, ExitCode.DONE)).containsExactly("public.shared,equal,2,0,0,0,0,2");
        sandbox.execute("UPDATE public.shared SET name = 'c' WHERE id = 2");
        assertThat(verify(StagedBy.COPY, ExitCode.FAILED)).containsExactly("public.shared,unknown,1,0,1,0,1,2");
    }

    @Test
    void whatCannotBeKnownIsSaidWithItsReason() throws Exception {
        for (String name : List.of(
                "rewritten",
                "gone",
                "other_mode",
                "other_type",
                "moved",
                "renamed",
                "scripted",
                "empty",
                "tidied",
                "tidied_other")) {
            table(name, PLAIN, List.of());
            feed(name, List.of("id"));
            sandbox.put(name + "/a.csv", ROWS);
        }
        for (String name : List.of("tidied", "tidied_other")) {
            feed(name, List.of("id", "onLoaded", "move=done/"));
        }
        routes.ownFeed("scripted", sandbox.bucket(), "id", "postSql", "UPDATE public.scripted SET qty = 0");
        sandbox.execute("ALTER TABLE public.other_type ALTER COLUMN name TYPE VARCHAR(3)");
        sandbox.put("other_type/a.csv", "id,name,qty\n1,a,1\n2,longer,2\n");
        remove("empty/a.csv");
        assertThat(caravan.report(StagedBy.COPY).failures()).isEmpty();
        sandbox.put("rewritten/a.csv", "id,name,qty\n1,z,1\n");
        sandbox.put("gone/b.csv", "id,name,qty\n5,e,5\n");
        sandbox.put("tidied/a.csv", "id,name,qty\n5,e,5\n");
        sandbox.put("other_mode/b.csv", "id,name,qty\n1,z,1\n");
        assertThat(caravan.report(StagedBy.COPY).failures()).isEmpty();

        remove("gone/a.csv");
        sandbox.put("done/tidied_other/a.csv", ROWS.replace(",a,", ",b,"));
        sandbox.execute(
                "ALTER TABLE public.other_type ALTER COLUMN name TYPE VARCHAR(30)",
                "INSERT INTO public.empty VALUES (1, 'x', 1)");
        feed("other_mode", List.of("id", "mode", "insert-only"));
        routes.feed("moved", "bucket", sandbox.bucket(), "prefix", "elsewhere/", "table", "public.moved", "keys", "id");
        Files.delete(routes.path().resolve("renamed.camel.yaml"));
        routes.feed("other", "bucket", sandbox.bucket(), "prefix", "renamed/", "table", "public.renamed", "keys", "id");

        Result result = unchanged(StagedBy.COPY, "verify", "--format", "json");
        String gone = " is not there any more as it was loaded";
        assertThat(result.exitCode()).as(result.stdout()).isEqualTo(ExitCode.REJECTED);
        assertThat(result.stdout().lines())
                .anySatisfy(line -> said(line, "rewritten", "unknown", "/rewritten/a.csv" + gone))
                .anySatisfy(line -> said(line, "gone", "unknown", "/gone/a.csv" + gone))
                .anySatisfy(
                        line -> said(line, "other_mode", "unknown", "would do otherwise today: 0 inserted, 0 updated"))
                .anySatisfy(line -> said(line, "other_type", "unknown", "reads otherwise today: 2 records, 0 rejected"))
                .anySatisfy(line -> said(line, "moved", "unknown", "no feed has the objects of load "))
                .anySatisfy(line -> said(line, "tidied", "equal", "\"equal\": 5"))
                .anySatisfy(
                        line -> said(line, "tidied_other", "unknown", " has other bytes than those that were loaded"))
                .anySatisfy(line -> said(line, "renamed", "equal", "\"reasons\": []"))
                .anySatisfy(
                        line -> said(line, "scripted", "unknown", "preSql and postSql of feed scripted are not run"))
                .anySatisfy(line -> said(line, "empty", "different", "\"in no object\": 1"));
    }

    @Test
    void replaysAreRepeatedUnlessTheirRecordsWereCorrected() throws Exception {
        for (String name : List.of("kept", "mended", "widened")) {
            table(name, PLAIN + ", at TIMESTAMP", List.of());
            feed(name, List.of("id", "loadedAtColumn", "at"));
            sandbox.put(name + "/a.csv", "id,name,qty\n1,a,1\n2,a name that is too long by far,2\n3,c,3\n");
        }
        assertThat(caravan.report(StagedBy.COPY).failures()).isEmpty();
        sandbox.execute("ALTER TABLE public.kept ALTER COLUMN name TYPE VARCHAR(40)");
        sandbox.execute("ALTER TABLE public.widened ALTER COLUMN name TYPE VARCHAR(40)");
        for (String name : List.of("kept", "widened")) {
            assertThat(caravan.run(StagedBy.COPY, "dead-letters", "replay", "--feed", name)
                            .exitCode())
                    .isZero();
        }
        Path corrected = directory.resolve("corrected.json");
        String letters = caravan.run(StagedBy.COPY, "dead-letters", "show", "--feed", "mended", "--format", "json")
                .stdout();
        Files.writeString(corrected, letters.replace("a name that is too long by far", "short"));
        assertThat(caravan.run(
                                StagedBy.COPY,
                                "dead-letters",
                                "replay",
                                "--feed",
                                "mended",
                                "--corrected",
                                corrected.toString())
                        .exitCode())
                .isZero();
        sandbox.execute("DELETE FROM public.widened WHERE id = 2");

        Result result = unchanged(StagedBy.COPY, "verify", "--format", "json");
        assertThat(result.exitCode()).as(result.stdout()).isEqualTo(ExitCode.FAILED);
        assertThat(result.stdout().lines())
                .anySatisfy(line -> said(line, "kept", "equal", "reads otherwise today: 3 records, 0 rejected"))
                .anySatisfy(line -> said(line, "widened", "unknown", "\"missing\": 1"))
                .anySatisfy(line -> said(line, "mended", "unknown", "were replayed with other records than are kept"));
    }

    private void remove(String key) {
        sandbox.s3().deleteObject(delete -> delete.bucket(sandbox.bucket()).key(key));
    }

    private static void said(String line, String table, String verdict, String more) {
        assertThat(line).contains("\"public." + table + "\"", "\"result\": \"" + verdict + "\"", more);
    }

    @Test
    void sinceATimeOnlyRowsOfLaterObjectsAreCompared() throws Exception {
        for (String mode : List.of("upsert", "append", "insert-only", "mirror")) {
            String name = "since_" + mode.replace('-', '_');
            table(name, PLAIN + ", spare INTEGER", List.of());
            feed(name, List.of(mode.equals("append") ? "" : "id", "mode", mode, "maxDeletedRatio", "1"));
            sandbox.put(name + "/a.csv", "id,name,qty,spare\n1,a,1,1\n2,b,2,1\n");
        }
        assertThat(caravan.report(StagedBy.COPY).failures()).isEmpty();
        for (String name : List.of("since_upsert", "since_append", "since_insert_only", "since_mirror")) {
            sandbox.put(name + "/b.csv", "id,name,qty\n2,bb,2\n3,c,3\n");
        }
        assertThat(caravan.report(StagedBy.COPY).failures()).isEmpty();
        String first = sandbox.lines("SELECT MIN(started_at) FROM caravan.loads AS l INNER JOIN caravan.objects AS o"
                        + " ON o.load_id = l.load_id WHERE o.object_key LIKE 'since%b.csv'")
                .get(0);
        // As Caravan writes it: the database leaves out zeros at the end.
        String since = Instant.parse(first.replace(' ', 'T') + "Z").toString();
        String[] fewer = {"--since", since, "--feed", "since_upsert", "--feed", "since_append", "--feed", "since_mirror"
        };

        sandbox.execute("UPDATE public.since_upsert SET name = 'old' WHERE id = 1");
        assertThat(verify(StagedBy.COPY, ExitCode.DONE, fewer))
                .containsExactly(
                        "public.since_append,equal,2,0,0,,,1",
                        "public.since_mirror,equal,2,0,0,0,0,1",
                        "public.since_upsert,equal,2,0,0,0,,1");
        sandbox.execute(
                "UPDATE public.since_upsert SET name = 'new' WHERE id = 3",
                "INSERT INTO public.since_upsert VALUES (2, 'bb', 2, 1)",
                "DELETE FROM public.since_append WHERE id = 3",
                "DELETE FROM public.since_mirror WHERE id = 3");
        assertThat(verify(StagedBy.COPY, ExitCode.REJECTED, fewer))
                .containsExactly(
                        "public.since_append,different,1,0,1,,,1",
                        "public.since_mirror,different,1,0,1,0,0,1",
                        "public.since_upsert,different,1,1,0,1,,1");
        Result refused = caravan.run(StagedBy.COPY, "verify", "--since", since, "--feed", "since_insert_only");
        assertThat(refused.stderr())
                .contains("Feed since_insert_only: what its objects since " + since)
                .contains("leave out --since");
        assertThat(refused.exitCode()).isEqualTo(ExitCode.INVALID);
    }

    private static List<String> lines(Function<Case, String> expected) {
        return CASES.stream()
                .map(one -> "public." + one.name() + "," + expected.apply(one))
                .sorted()
                .toList();
    }

    private void table(String name, String columns, List<String> rows) throws SQLException {
        sandbox.execute("CREATE TABLE public." + name + " (" + columns + ")");
        for (String row : rows) {
            sandbox.execute("INSERT INTO public." + name + " VALUES " + row);
        }
    }

    private void feed(String name, List<String> parameters) {
        routes.ownFeed(
                name,
                sandbox.bucket(),
                parameters.get(0),
                parameters.subList(1, parameters.size()).toArray(String[]::new));
    }

    /** Returns the lines of all tables, sorted. */
    private List<String> verify(StagedBy stagedBy, int exitCode, String... options) throws SQLException {
        Result result = unchanged(
                stagedBy,
                Stream.concat(Stream.of("verify", "--format", "csv"), Stream.of(options))
                        .toArray(String[]::new));
        assertThat(result.stderr()).isEmpty();
        assertThat(result.exitCode()).as(result.stdout()).isEqualTo(exitCode);
        return result.stdout().lines().skip(1).sorted().toList();
    }

    /** Runs a command, after which all is as it was. */
    private Result unchanged(StagedBy stagedBy, String... arguments) throws SQLException {
        WorldState before = WorldState.of(sandbox);
        Result result = caravan.run(stagedBy, arguments);
        assertThat(WorldState.of(sandbox)).isEqualTo(before);
        return result;
    }
}
