package io.caravan.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.caravan.app.TestingCaravan.StagedBy;
import io.caravan.app.report.LoadReport;
import io.caravan.model.ledger.LedgerEntry;
import io.caravan.testing.RouteDirectory;
import io.caravan.testing.SandboxExtension;
import io.caravan.testing.TestSandbox;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * An object that is loaded once more, after a newer one, changes no row that may be newer. The object {@code a.csv} is loaded,
 * then {@code b.csv}, then {@code a.csv} again.
 */
@ExtendWith(SandboxExtension.class)
class TriedAgainIT {

    private static final String PLAIN = "id INTEGER NOT NULL, name VARCHAR(20), qty INTEGER";
    private static final String OVERTAKEN = " ROW_OVERTAKEN ";

    @TempDir
    private Path directory;

    private final TestSandbox sandbox;

    TriedAgainIT(TestSandbox sandbox) {
        this.sandbox = sandbox;
    }

    /**
     * One case.
     *
     * @param between SQL that takes the rows away that a.csv is to find missing
     * @param rows the whole table at the end
     * @param counts of a.csv the second time: outcome, read, inserted, updated, unchanged, deleted, stale, rejected
     * @param deadLetters line, code and record
     */
    record Case(
            String claim,
            List<String> parameters,
            String older,
            String newer,
            List<String> between,
            List<String> rows,
            String counts,
            List<String> deadLetters) {

        @Override
        public String toString() {
            return claim;
        }
    }

    static Stream<Arguments> cases() {
        List<Case> cases = List.of(
                new Case(
                        "upsert inserts what is missing and holds back what differs",
                        List.of("keys", "id"),
                        "id,name,qty\n1,\"old, one\",1\n2,same,2\n3,gone,3\n",
                        "id,name,qty\n1,new,10\n",
                        List.of("DELETE FROM %s WHERE id = 3"),
                        List.of("1|new|10", "2|same|2", "3|gone|3"),
                        "loaded 3 1 0 1 0 0 1",
                        List.of("2" + OVERTAKEN + "1,\"old, one\",1")),
                new Case(
                        "with sequenceBy every row is compared for itself",
                        List.of("keys", "id", "sequenceBy", "qty"),
                        "id,name,qty\n1,old,1\n2,better,20\n",
                        "id,name,qty\n1,new,10\n",
                        List.of("UPDATE %s SET qty = 5, name = 'spoilt' WHERE id = 2"),
                        List.of("1|new|10", "2|better|20"),
                        "loaded 2 0 1 0 0 1 0",
                        List.of()),
                new Case(
                        "insert-only needs no protection",
                        List.of("keys", "id", "mode", "insert-only"),
                        "id,name,qty\n1,old,1\n2,gone,2\n",
                        "id,name,qty\n1,new,10\n",
                        List.of("DELETE FROM %s WHERE id = 2", "UPDATE %s SET name = 'other' WHERE id = 1"),
                        List.of("1|other|1", "2|gone|2"),
                        "loaded 2 1 0 0 0 1 0",
                        List.of()),
                new Case(
                        "changes holds back every change, since what is missing may have been deleted",
                        List.of("keys", "id", "mode", "changes"),
                        "Op,id,name,qty\nI,1,old,1\nI,2,same,2\nI,3,gone,3\nD,4,x,4\nI,5,x,5\nD,5,x,5\n",
                        "Op,id,name,qty\nU,1,new,10\nD,3,,\nI,5,back,6\n",
                        List.of(),
                        List.of("1|new|10", "2|same|2", "5|back|6"),
                        "loaded 6 0 0 2 0 0 3",
                        List.of(
                                "2" + OVERTAKEN + "I,1,old,1",
                                "4" + OVERTAKEN + "I,3,gone,3",
                                "7" + OVERTAKEN + "D,5,x,5")),
                new Case(
                        "a snapshot that a newer one has followed is superseded",
                        List.of("keys", "id", "mode", "mirror", "maxDeletedRatio", "1"),
                        "id,name,qty\n1,old,1\n2,old,2\n",
                        "id,name,qty\n1,new,10\n",
                        List.of(),
                        List.of("1|new|10"),
                        "superseded 0 0 0 0 0 0 0",
                        List.of()),
                new Case(
                        "what newer objects did not touch is loaded whole",
                        List.of("keys", "id"),
                        "id,name,qty\n1,old,1\n",
                        "",
                        List.of("UPDATE %s SET name = 'spoilt' WHERE id = 1"),
                        List.of("1|old|1"),
                        "loaded 1 0 1 0 0 0 0",
                        List.of()));
        return cases.stream().flatMap(c -> Stream.of(StagedBy.values()).map(stagedBy -> Arguments.of(c, stagedBy)));
    }

    @ParameterizedTest(name = "{0}, by {1}")
    @MethodSource("cases")
    void noRowGoesBackwards(Case c, StagedBy stagedBy) throws SQLException {
        String name = "again" + Integer.toHexString(c.claim().hashCode()) + "_"
                + stagedBy.name().toLowerCase(Locale.ROOT);
        TestingCaravan caravan = feed(name, PLAIN, c.parameters());
        sandbox.put(name + "/a.csv", c.older());
        caravan.load(stagedBy, name);
        if (!c.newer().isEmpty()) {
            sandbox.put(name + "/b.csv", c.newer());
            caravan.load(stagedBy, name);
        }
        for (String statement : c.between()) {
            sandbox.execute(String.format(Locale.ROOT, statement, "public." + name));
        }
        rearm(name);

        assertThat(counts(caravan.report(stagedBy, name))).containsExactly(c.counts());
        assertThat(rows("SELECT * FROM public." + name + " ORDER BY id")).isEqualTo(c.rows());
        assertThat(caravan.lines("SELECT line_number, error_code, raw_record FROM caravan.dead_letters WHERE feed = '"
                        + name + "' ORDER BY line_number"))
                .isEqualTo(c.deadLetters());
        assertThat(caravan.report(stagedBy, name).loads()).isEmpty();
    }

    @Test
    void historyHoldsBackAVersionThatWouldFollowANewerOne() throws SQLException {
        TestingCaravan caravan = feed(
                "again_history",
                PLAIN + ", valid_from TIMESTAMP, valid_to TIMESTAMP, is_current BOOLEAN",
                List.of("keys", "id", "mode", "history"));
        sandbox.put("again_history/a.csv", "id,name,qty\n1,old,1\n2,same,2\n");
        caravan.load(StagedBy.COPY, "again_history");
        sandbox.put("again_history/b.csv", "id,name,qty\n1,new,10\n");
        caravan.load(StagedBy.COPY, "again_history");
        rearm("again_history");

        assertThat(counts(caravan.report(StagedBy.COPY, "again_history"))).containsExactly("loaded 2 0 0 1 0 0 1");
        assertThat(rows("SELECT id, name, is_current FROM public.again_history ORDER BY id, valid_from"))
                .containsExactly("1|old|f", "1|new|t", "2|same|t");
    }

    @Test
    void itTakesNoPartInTheChoiceAmongTheRowsOfOtherObjects() throws SQLException {
        TestingCaravan caravan = feed("again_first", PLAIN, List.of("keys", "id", "duplicates", "first"));
        sandbox.put("again_first/a.csv", "id,name,qty\n1,old,1\n");
        sandbox.put("again_first/b.csv", "id,name,qty\n1,new,2\n");
        caravan.load(StagedBy.INSERT, "again_first");
        rearm("again_first");
        sandbox.put("again_first/c.csv", "id,name,qty\n1,newest,3\n");

        assertThat(counts(caravan.report(StagedBy.INSERT, "again_first")))
                .containsExactly("loaded 1 0 0 1 0 0 0", "loaded 1 0 1 0 0 0 0");
        assertThat(rows("SELECT * FROM public.again_first")).containsExactly("1|newest|3");
    }

    private TestingCaravan feed(String name, String columns, List<String> parameters) throws SQLException {
        sandbox.execute("CREATE TABLE public." + name + " (" + columns + ")");
        RouteDirectory routes = new RouteDirectory(directory.resolve(name));
        List<String> all =
                new ArrayList<>(List.of("bucket", sandbox.bucket(), "prefix", name + "/", "table", "public." + name));
        all.addAll(parameters);
        routes.feed(name, all.toArray(String[]::new));
        return new TestingCaravan(sandbox, routes);
    }

    /** Says in the ledger that a.csv is to be loaded again. */
    private void rearm(String name) throws SQLException {
        String columns =
                "load_id, feed, target, bucket, object_key, version_id, etag, size_bytes, last_modified, rows_read,"
                        + " rows_inserted, rows_updated, rows_unchanged, rows_deleted, rows_stale, rows_superseded, rows_rejected,"
                        + " recorded_at";
        String ledger = "caravan.objects_public_" + name;
        sandbox.execute("INSERT INTO " + ledger + " (position, outcome, " + columns + ") SELECT 100, 'rearmed', "
                + columns + " FROM " + ledger + " WHERE object_key = '" + name + "/a.csv'");
    }

    private List<String> rows(String query) throws SQLException {
        return sandbox.query(query).stream()
                .map(row -> String.join("|", row.stream().map(String::valueOf).toList()))
                .toList();
    }

    private static List<String> counts(LoadReport report) {
        assertThat(report.failures()).isEmpty();
        return report.loads().stream()
                .flatMap(load -> load.objects().stream())
                .map(TriedAgainIT::text)
                .toList();
    }

    private static String text(LedgerEntry entry) {
        return entry.outcome().text() + " " + entry.counts().read() + " "
                + entry.counts().inserted() + " " + entry.counts().updated() + " "
                + entry.counts().unchanged() + " " + entry.counts().deleted() + " "
                + entry.counts().stale() + " " + entry.counts().rejected();
    }
}
