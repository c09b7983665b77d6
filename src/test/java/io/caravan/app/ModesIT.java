package io.caravan.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.caravan.app.TestingCaravan.StagedBy;
import io.caravan.app.report.LoadReport;
import io.caravan.model.ledger.LedgerEntry;
import io.caravan.model.ledger.LoadCounts;
import io.caravan.testing.RouteDirectory;
import io.caravan.testing.SandboxExtension;
import io.caravan.testing.TestSandbox;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What each mode makes of a table, by both ways of staging. A case is a table, rows that are in it already, a feed's
 * parameters, passes with the objects that each of them finds, and then the whole table and the counts.
 */
@ExtendWith(SandboxExtension.class)
class ModesIT {

    private static final String DIRECT = "direct";
    private static final String PLAIN = "id INTEGER NOT NULL, name VARCHAR(20), qty INTEGER";

    /** Cases in which the warehouse can read every object that loads: no key repeats in one, and no row must say what it is. */
    private static final Set<String> DIRECTLY = Set.of(
            "update-only leaves every row out of a table that has none",
            "upsert leaves columns alone that the object lacks, whatever their order",
            "append inserts every row, keys or no keys",
            "replace falls back to an older object when the newest is rejected",
            "replace leaves the table as it is when its only object is rejected",
            "mirror deletes what the newest snapshot lacks",
            "mirror refuses a snapshot that would delete too much, and takes the one before it",
            "mirror marks what is gone, and unmarks what is back",
            "history ends a row that changes and begins its next version",
            "history keeps in the next version what the object has no column for",
            "history ends rows that a snapshot lacks, if the feed says so");

    /**
     * One case.
     *
     * @param columns the table's columns
     * @param before SQL rows in the table before the first pass
     * @param parameters names and values, one after the other
     * @param passes objects that each pass finds, in their order
     * @param rows the whole table at the end, sorted, fields with a bar between
     * @param counts of each object: outcome, read, inserted, updated, unchanged, deleted, stale, superseded, rejected
     */
    record Case(
            String claim,
            String columns,
            List<String> before,
            List<String> parameters,
            List<List<String>> passes,
            List<String> rows,
            List<String> counts) {

        @Override
        public String toString() {
            return claim;
        }
    }

    static Stream<Case> eachCase() {
        List<Case> cases = List.of(
                new Case(
                        "upsert updates what differs, inserts what is new and leaves the rest alone",
                        PLAIN,
                        List.of("(1, 'a', 1)", "(2, 'b', NULL)", "(3, 'c', 3)"),
                        List.of("keys", "id"),
                        List.of(List.of("id,name,qty\n1,a,1\n2,b,2\n4,d,\n4,e,5\n")),
                        List.of("1|a|1", "2|b|2", "3|c|3", "4|e|5"),
                        List.of("loaded 4 1 1 1 0 0 1 0")),
                new Case(
                        "upsert leaves columns alone that the object lacks, whatever their order",
                        PLAIN,
                        List.of("(1, 'a', 1)"),
                        List.of("keys", "id"),
                        List.of(List.of("QTY,id\n7,1\n8,2\n")),
                        List.of("1|a|7", "2|null|8"),
                        List.of("loaded 2 1 1 0 0 0 0 0")),
                new Case(
                        "the first row of a key wins if the feed says so",
                        PLAIN,
                        List.of(),
                        List.of("keys", "id", "duplicates", "first", "rowsPerBatch", "2"),
                        List.of(List.of("id,name,qty\n1,a,1\n1,b,2\n2,c,3\n1,d,4\n", "id,name,qty\n1,e,5\n2,f,6\n")),
                        List.of("1|a|1", "2|c|3"),
                        List.of("loaded 4 2 0 0 0 0 2 0", "loaded 2 0 0 0 0 0 2 0")),
                new Case(
                        "an object with two rows of one key is rejected if the feed says so",
                        PLAIN,
                        List.of(),
                        List.of("keys", "id", "duplicates", "fail"),
                        List.of(List.of("id,name,qty\n1,a,1\n1,b,2\n", "id,name,qty\n2,c,3\n", "id,name,qty\n2,d,4\n")),
                        List.of("2|d|4"),
                        List.of("rejected 2 0 0 0 0 0 0 2", "loaded 1 0 0 0 0 0 1 0", "loaded 1 1 0 0 0 0 0 0")),
                new Case(
                        "the greatest value of sequenceBy wins, and no smaller one overwrites it",
                        PLAIN,
                        List.of("(1, 'new', 10)", "(2, 'old', 1)", "(3, 'same', 5)"),
                        List.of("keys", "id", "sequenceBy", "qty"),
                        List.of(List.of(
                                "id,name,qty\n1,late,9\n2,young,2\n2,younger,30\n2,old,4\n3,other,5\n4,null,\n")),
                        List.of("1|new|10", "2|younger|30", "3|other|5"),
                        List.of("loaded 6 0 2 0 0 1 2 1")),
                new Case(
                        "of rows with an equal value of sequenceBy the first wins if the feed says so",
                        PLAIN,
                        List.of(),
                        List.of("keys", "id", "sequenceBy", "qty", "duplicates", "first"),
                        List.of(List.of("id,name,qty\n1,a,2\n1,b,2\n1,c,1\n", "id,name,qty\n1,d,2\n")),
                        List.of("1|a|2"),
                        List.of("loaded 3 1 0 0 0 0 2 0", "loaded 1 0 0 0 0 0 1 0")),
                new Case(
                        "update-only updates what is there, and leaves out what is not",
                        PLAIN,
                        List.of("(1, 'a', 1)", "(2, 'b', 2)", "(3, 'c', 3)"),
                        List.of("keys", "id", "mode", "update-only"),
                        List.of(
                                List.of("id,name,qty\n1,a,1\n2,z,2\n4,d,4\n4,e,5\n", "id,name,qty\n2,y,3\n5,f,6\n"),
                                List.of("id,name\n3,x\n6,g\n")),
                        List.of("1|a|1", "2|y|3", "3|x|3"),
                        List.of("loaded 4 0 0 1 0 1 2 0", "loaded 2 0 1 0 0 1 0 0", "loaded 2 0 1 0 0 1 0 0")),
                new Case(
                        "update-only leaves every row out of a table that has none",
                        PLAIN,
                        List.of(),
                        List.of("keys", "id", "mode", "update-only"),
                        List.of(List.of("id,name,qty\n1,a,1\n2,b,2\n")),
                        List.of(),
                        List.of("loaded 2 0 0 0 0 2 0 0")),
                new Case(
                        "update-only overwrites no newer row, and keeps the first of a key if the feed says so",
                        PLAIN,
                        List.of("(1, 'new', 10)", "(2, 'old', 1)"),
                        List.of("keys", "id", "mode", "update-only", "sequenceBy", "qty", "duplicates", "first"),
                        List.of(List.of("id,name,qty\n1,late,9\n2,first,5\n2,second,5\n3,none,7\n4,null,\n")),
                        List.of("1|new|10", "2|first|5"),
                        List.of("loaded 5 0 1 0 0 2 1 1")),
                new Case(
                        "update-only rejects an object with two rows of one key if the feed says so",
                        PLAIN,
                        List.of("(1, 'a', 1)"),
                        List.of("keys", "id", "mode", "update-only", "duplicates", "fail"),
                        List.of(List.of("id,name,qty\n1,a,2\n1,b,2\n", "id,name,qty\n1,c,3\n")),
                        List.of("1|c|3"),
                        List.of("rejected 2 0 0 0 0 0 0 2", "loaded 1 0 1 0 0 0 0 0")),
                new Case(
                        "update-only brings a marked row back, and says where an updated one came from",
                        PLAIN + ", gone BOOLEAN, src VARCHAR(100), line BIGINT",
                        List.of("(1, 'a', 1, TRUE, NULL, NULL)", "(2, 'b', 2, FALSE, NULL, NULL)"),
                        List.of("keys", "id", "mode", "update-only", "deletedColumn", "gone", "lineColumn", "line"),
                        List.of(List.of("id,name,qty\n1,a,1\n2,b,2\n3,c,3\n")),
                        List.of("1|a|1|f|null|2", "2|b|2|f|null|null"),
                        List.of("loaded 3 0 1 1 0 1 0 0")),
                new Case(
                        "insert-only leaves existing rows as they are",
                        PLAIN,
                        List.of("(1, 'a', 1)", "(2, 'b', 2)"),
                        List.of("keys", "id", "mode", "insert-only"),
                        List.of(List.of("id,name,qty\n1,a,1\n2,z,2\n3,c,3\n3,d,4\n")),
                        List.of("1|a|1", "2|b|2", "3|d|4"),
                        List.of("loaded 4 1 0 1 0 1 1 0")),
                new Case(
                        "append inserts every row, keys or no keys",
                        PLAIN,
                        List.of("(1, 'a', 1)"),
                        List.of("mode", "append"),
                        List.of(List.of("id,name,qty\n1,a,1\n1,a,1\n", "id,name,qty\n1,a,1\n")),
                        List.of("1|a|1", "1|a|1", "1|a|1", "1|a|1"),
                        List.of("loaded 2 2 0 0 0 0 0 0", "loaded 1 1 0 0 0 0 0 0")),
                new Case(
                        "replace leaves exactly the rows of the newest object",
                        PLAIN,
                        List.of("(1, 'a', 1)", "(2, 'b', 2)"),
                        List.of("keys", "id", "mode", "replace"),
                        List.of(List.of("id,name,qty\n7,x,7\n", "id,name,qty\n1,a,1\n3,c,3\n3,d,4\n")),
                        List.of("1|a|1", "3|d|4"),
                        List.of("loaded 3 2 0 0 2 0 1 0", "superseded 0 0 0 0 0 0 0 0")),
                new Case(
                        "replace falls back to an older object when the newest is rejected",
                        PLAIN,
                        List.of("(1, 'a', 1)"),
                        List.of("mode", "replace"),
                        List.of(List.of("id,name,qty\n7,x,7\n", "id,name,colour\n1,a,red\n")),
                        List.of("7|x|7"),
                        List.of("rejected 0 0 0 0 0 0 0 0", "loaded 1 1 0 0 1 0 0 0")),
                new Case(
                        "replace leaves the table as it is when its only object is rejected",
                        PLAIN,
                        List.of("(1, 'a', 1)"),
                        List.of("mode", "replace"),
                        List.of(List.of("id,name,colour\n1,a,red\n"), List.of("id,name,qty\nx,y,z\n")),
                        List.of("1|a|1"),
                        List.of("rejected 0 0 0 0 0 0 0 0", "rejected 1 0 0 0 0 0 0 1")),
                new Case(
                        "replace falls back to an older object when the newest repeats a key",
                        PLAIN,
                        List.of("(1, 'a', 1)"),
                        List.of("keys", "id", "mode", "replace", "duplicates", "fail"),
                        List.of(List.of("id,name,qty\n7,x,7\n", "id,name,qty\n2,b,2\n2,c,3\n")),
                        List.of("7|x|7"),
                        List.of("rejected 2 0 0 0 0 0 0 2", "loaded 1 1 0 0 1 0 0 0")),
                new Case(
                        "mirror deletes what the newest snapshot lacks",
                        PLAIN,
                        List.of("(1, 'a', 1)", "(2, 'b', 2)", "(3, 'c', 3)", "(4, 'd', 4)", "(5, 'e', 5)"),
                        List.of("keys", "id", "mode", "mirror"),
                        List.of(List.of("id,name,qty\n9,x,9\n", "id,name,qty\n1,a,1\n2,b,20\n3,c,3\n4,d,4\n6,f,6\n")),
                        List.of("1|a|1", "2|b|20", "3|c|3", "4|d|4", "6|f|6"),
                        List.of("loaded 5 1 1 3 1 0 0 0", "superseded 0 0 0 0 0 0 0 0")),
                new Case(
                        "mirror refuses a snapshot that would delete too much, and takes the one before it",
                        PLAIN,
                        List.of("(1, 'a', 1)", "(2, 'b', 2)", "(3, 'c', 3)", "(4, 'd', 4)"),
                        List.of("keys", "id", "mode", "mirror", "maxDeletedRatio", "0.25"),
                        List.of(List.of("id,name,qty\n1,a,1\n2,b,2\n3,c,30\n", "id,name,qty\n1,a,1\n")),
                        List.of("1|a|1", "2|b|2", "3|c|30"),
                        List.of("rejected 1 0 0 0 0 0 0 1", "loaded 3 0 1 2 1 0 0 0")),
                new Case(
                        "mirror marks what is gone, and unmarks what is back",
                        PLAIN + ", gone BOOLEAN",
                        List.of("(1, 'a', 1, NULL)", "(2, 'b', 2, TRUE)", "(3, 'c', 3, FALSE)", "(4, 'd', 4, TRUE)"),
                        List.of("keys", "id", "mode", "mirror", "deletedColumn", "gone", "maxDeletedRatio", "1"),
                        List.of(List.of("id,name,qty\n1,a,1\n2,b,2\n5,e,5\n")),
                        List.of("1|a|1|null", "2|b|2|f", "3|c|3|t", "4|d|4|t", "5|e|5|f"),
                        List.of("loaded 3 1 1 1 1 0 0 0")),
                new Case(
                        "changes inserts, updates and deletes as the rows say, the last one of a key",
                        PLAIN,
                        List.of("(1, 'a', 1)", "(2, 'b', 2)", "(3, 'c', 3)"),
                        List.of("keys", "id", "mode", "changes"),
                        List.of(
                                List.of(
                                        "Op,id,name,qty\nU,1,z,1\nD,2,b,2\nI,4,d,4\nI,5,e,5\nD,5,e,5\nD,9,x,9\nD,3,,\nI,3,c,3\n")),
                        List.of("1|z|1", "3|c|3", "4|d|4"),
                        List.of("loaded 8 1 1 3 1 0 2 0")),
                new Case(
                        "changes rejects a row that does not say what it changes",
                        PLAIN,
                        List.of("(1, 'a', 1)"),
                        List.of("keys", "id", "mode", "changes"),
                        List.of(List.of("Op,id,name,qty\nX,1,z,1\n,1,z,1\ndel,1,z,1\nu,1,b,1\n")),
                        List.of("1|b|1"),
                        List.of("loaded 4 0 1 0 0 0 0 3")),
                new Case(
                        "changes deletes by the key alone, whatever else the row lacks or breaks",
                        "id INTEGER NOT NULL, name VARCHAR(20) NOT NULL, qty INTEGER",
                        List.of("(1, 'a', 1)", "(2, 'b', 2)", "(3, 'c', 3)"),
                        List.of("keys", "id", "mode", "changes", "nullString", "NULL", "rules", "name: matches [a-z]+"),
                        List.of(List.of("Op,id,name,qty\nD,1,NULL,\nD,2,B,much\nU,3,NULL,4\nD,NULL,a,1\n")),
                        List.of("3|c|3"),
                        List.of("loaded 4 0 0 0 2 0 0 2")),
                new Case(
                        "changes without the column, as in a full load, are rows to insert or update",
                        PLAIN,
                        List.of("(1, 'a', 1)"),
                        List.of("keys", "id", "mode", "changes"),
                        List.of(List.of("id,name,qty\n1,b,1\n2,c,2\n"), List.of("Op,id,name,qty\nD,1,,\n")),
                        List.of("2|c|2"),
                        List.of("loaded 2 1 1 0 0 0 0 0", "loaded 1 0 0 0 1 0 0 0")),
                new Case(
                        "changes keeps a row marked against what is older than the deletion",
                        PLAIN + ", gone BOOLEAN",
                        List.of("(1, 'a', 1, NULL)"),
                        List.of("keys", "id", "mode", "changes", "sequenceBy", "qty", "deletedColumn", "gone"),
                        List.of(
                                List.of("Op,id,name,qty\nD,1,,5\n"),
                                List.of("Op,id,name,qty\nU,1,b,3\n"),
                                List.of("Op,id,name,qty\nD,1,,9\n"),
                                List.of("Op,id,name,qty\nU,1,c,7\nD,1,,8\n")),
                        List.of("1|a|9|t"),
                        List.of(
                                "loaded 1 0 0 0 1 0 0 0",
                                "loaded 1 0 0 0 0 1 0 0",
                                "loaded 1 0 0 0 1 0 0 0",
                                "loaded 2 0 0 1 0 0 1 0")),
                new Case(
                        "history ends a row that changes and begins its next version",
                        PLAIN + ", valid_from TIMESTAMP, valid_to TIMESTAMP, is_current BOOLEAN",
                        List.of("(1, 'a', 1, '2020-01-01', NULL, TRUE)", "(2, 'b', 2, '2020-01-01', NULL, TRUE)"),
                        List.of("keys", "id", "mode", "history"),
                        List.of(List.of("id,name,qty\n1,a,1\n2,b,20\n3,c,3\n", "id,name,qty\n2,b,200\n")),
                        List.of("1|a|1|open|t", "2|b|2|ended|f", "2|b|20|ended|f", "2|b|200|open|t", "3|c|3|open|t"),
                        List.of("loaded 3 1 1 1 0 0 0 0", "loaded 1 0 1 0 0 0 0 0")),
                new Case(
                        "history keeps in the next version what the object has no column for",
                        "id INTEGER NOT NULL, name VARCHAR(20), qty INTEGER DEFAULT 7, valid_from TIMESTAMP, valid_to TIMESTAMP,"
                                + " is_current BOOLEAN, note VARCHAR(20), number BIGINT IDENTITY(1, 1)",
                        List.of(
                                "(1, 'a', 1, '2020-01-01', NULL, TRUE, 'x')",
                                "(2, 'b', 2, '2020-01-01', NULL, TRUE, 'y')"),
                        List.of("keys", "id", "mode", "history"),
                        List.of(
                                List.of("id,name\n1,a\n2,z\n3,c\n"),
                                List.of("id,qty\n2,20\n"),
                                List.of("id,name,note\n3,cc,new\n")),
                        List.of(
                                "1|a|1|open|t|x",
                                "2|b|2|ended|f|y",
                                "2|z|2|ended|f|y",
                                "2|z|20|open|t|y",
                                "3|c|7|ended|f|null",
                                "3|cc|7|open|t|new"),
                        List.of("loaded 3 1 1 1 0 0 0 0", "loaded 1 0 1 0 0 0 0 0", "loaded 1 0 1 0 0 0 0 0")),
                new Case(
                        "history ends rows that a snapshot lacks, if the feed says so",
                        PLAIN + ", valid_from TIMESTAMP, valid_to TIMESTAMP, is_current BOOLEAN",
                        List.of("(1, 'a', 1, '2020-01-01', NULL, TRUE)", "(2, 'b', 2, '2020-01-01', NULL, TRUE)"),
                        List.of("keys", "id", "mode", "history", "closeMissing", "true", "maxDeletedRatio", "1"),
                        List.of(List.of("id,name,qty\n1,a,1\n"), List.of("id,name,qty\n1,a,1\n2,b,2\n")),
                        List.of("1|a|1|open|t", "2|b|2|ended|f", "2|b|2|open|t"),
                        List.of("loaded 1 0 0 1 1 0 0 0", "loaded 2 1 0 1 0 0 0 0")),
                new Case(
                        "a table of keys only keeps each of them once",
                        "id INTEGER NOT NULL, day DATE NOT NULL",
                        List.of("(1, '2026-01-01')"),
                        List.of("keys", "id,day"),
                        List.of(List.of("day,id\n2026-01-01,1\n2026-01-02,1\n2026-01-02,1\n")),
                        List.of("1|2026-01-01", "1|2026-01-02"),
                        List.of("loaded 3 1 0 1 0 0 1 0")));
        return cases.stream();
    }

    static Stream<Arguments> cases() {
        return eachCase().flatMap(c -> Stream.of(StagedBy.values()).map(stagedBy -> Arguments.of(c, stagedBy)));
    }

    private final TestSandbox sandbox;

    @TempDir
    private Path directory;

    ModesIT(TestSandbox sandbox) {
        this.sandbox = sandbox;
    }

    /** A load waits until an object is so old that the warehouse may read it by itself: here all of them become so at once. */
    @BeforeAll
    static void letObjectsSettle(TestSandbox sandbox) {
        eachCase().forEach(c -> put(sandbox, name(c, DIRECT), c.passes().get(0), 0));
    }

    @ParameterizedTest(name = "{0}, by {1}")
    @MethodSource("cases")
    void theTableAndTheCountsAreAsTheModeSays(Case c, StagedBy stagedBy) throws SQLException {
        String name = name(c, stagedBy.name().toLowerCase(Locale.ROOT));
        put(sandbox, name, c.passes().get(0), 0);

        check(c, stagedBy, name, List.of());
    }

    @ParameterizedTest
    @MethodSource("eachCase")
    void theyAreSoIfTheWarehouseReadsTheObjects(Case c) throws SQLException {
        long before = throughCaravan();

        check(c, StagedBy.COPY, name(c, DIRECT), List.of("staging", DIRECT));

        assertThat(throughCaravan() == before)
                .as("no row passed through Caravan")
                .isEqualTo(DIRECTLY.contains(c.claim()));
    }

    /** Returns how many times COPY has read data files with rows. */
    private long throughCaravan() throws SQLException {
        return sandbox.query("SELECT query_id FROM sys_load_history WHERE TRIM(table_name) = 'caravan_rows'")
                .size();
    }

    private static String name(Case c, String suffix) {
        return "t" + Integer.toHexString(c.claim().hashCode()) + "_" + suffix;
    }

    private static void put(TestSandbox sandbox, String name, List<String> objects, int number) {
        for (int i = 0; i < objects.size(); i++) {
            sandbox.put(name + "/" + (char) ('a' + number + i) + ".csv", objects.get(i));
        }
    }

    /** Loads a case's objects, of which those of the first pass are in the bucket. */
    private void check(Case c, StagedBy stagedBy, String name, List<String> more) throws SQLException {
        sandbox.execute("CREATE TABLE public." + name + " (" + c.columns() + ")");
        if (!c.before().isEmpty()) {
            sandbox.execute("INSERT INTO public." + name + " VALUES " + String.join(", ", c.before()));
        }
        RouteDirectory routes = new RouteDirectory(directory.resolve(name));
        List<String> parameters =
                new ArrayList<>(List.of("bucket", sandbox.bucket(), "prefix", name + "/", "table", "public." + name));
        parameters.addAll(c.parameters());
        parameters.addAll(more);
        routes.feed(name, parameters.toArray(String[]::new));
        TestingCaravan caravan = new TestingCaravan(sandbox, routes);

        List<String> counts = new ArrayList<>();
        int number = 0;
        for (List<String> objects : c.passes()) {
            if (number > 0) {
                put(sandbox, name, objects, number);
            }
            number += objects.size();
            LoadReport report = caravan.report(stagedBy, name);
            assertThat(report.failures()).isEmpty();
            report.loads().stream()
                    .flatMap(load -> load.objects().stream())
                    .map(ModesIT::text)
                    .forEach(counts::add);
        }

        assertThat(counts).isEqualTo(c.counts());
        assertThat(rows(name, c)).isEqualTo(c.rows());
        assertThat(caravan.report(stagedBy, name).loads()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void supersededRowsAreKeptWhereTheFeedSaysSo(StagedBy stagedBy) throws SQLException {
        String name = "kept_" + stagedBy.name().toLowerCase(Locale.ROOT);
        sandbox.execute("CREATE TABLE public." + name + " (" + PLAIN + ")");
        RouteDirectory routes = new RouteDirectory(directory.resolve(name));
        routes.ownFeed(name, sandbox.bucket(), "id", "keepSuperseded", "true");
        TestingCaravan caravan = new TestingCaravan(sandbox, routes);
        sandbox.put(name + "/a.csv", "id,name,qty\n1,\"a, first\",1\n1,b,2\n2,c,x\n3,d,4\n");
        sandbox.put(name + "/b.csv", "qty,id\n5,3\n");
        sandbox.put(name + "/c.csv", "id,name,qty\n1,z,9\n");

        assertThat(caravan.load(stagedBy, name))
                .containsExactly(
                        name + "/a.csv loaded 4 2 0 0 1 1",
                        name + "/b.csv loaded 1 0 1 0 0 0",
                        name + "/c.csv loaded 1 0 1 0 0 0");
        assertThat(caravan.lines(
                        "SELECT object_key, line_number, raw_record FROM caravan.superseded_rows WHERE feed = '" + name
                                + "' ORDER BY 1, 2"))
                .containsExactly(name + "/a.csv 2 1,\"a, first\",1");
        assertThat(sandbox.query("SELECT * FROM public." + name + " ORDER BY id"))
                .containsExactly(List.of("1", "z", "9"), List.of("3", "d", "5"));
    }

    private List<String> rows(String table, Case c) throws SQLException {
        String columns = c.columns().contains("valid_from")
                ? "id, name, qty, CASE WHEN valid_to IS NULL THEN 'open' ELSE 'ended' END, is_current"
                        + (c.columns().contains("note") ? ", note" : "")
                : "*";
        String order = c.columns().contains("valid_from")
                ? "1, valid_from, valid_to"
                : "1, 2, 3".substring(0, c.columns().contains("qty") ? 7 : 4);
        return sandbox.query("SELECT " + columns + " FROM public." + table + " ORDER BY " + order).stream()
                .map(row -> String.join("|", row.stream().map(String::valueOf).toList()))
                .toList();
    }

    private static String text(LedgerEntry entry) {
        LoadCounts counts = entry.counts();
        return entry.outcome().text() + " " + counts.read() + " " + counts.inserted() + " " + counts.updated() + " "
                + counts.unchanged() + " " + counts.deleted() + " " + counts.stale() + " " + counts.superseded() + " "
                + counts.rejected();
    }
}
