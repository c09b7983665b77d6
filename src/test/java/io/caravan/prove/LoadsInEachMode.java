package io.caravan.prove;

import io.caravan.testing.CaravanProcess;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** The real {@code caravan load} in every mode: one object, then a second one, then nothing new. */
final class LoadsInEachMode implements Assumption {

    /**
     * A feed, two objects of it, and what they should make of its table.
     *
     * @param columns the table's
     * @param parameters the feed's, without the place of its objects and its table
     * @param query what shows the table, with {@code %s} for its name
     */
    private record Case(
            String name,
            String columns,
            List<String> parameters,
            String first,
            String second,
            String query,
            List<String> expected) {}

    private static final String ROWS = "SELECT id, name FROM %s ORDER BY id, name";

    private static final List<Case> CASES = List.of(
            new Case(
                    "upserted",
                    "code VARCHAR(10) NOT NULL, name VARCHAR(20), src VARCHAR(1000)",
                    List.of("keys", "code", "objectKeyColumn", "src"),
                    "code,name\na,1\nb,2\n",
                    "code,name\na ,x\nc,3\n",
                    "SELECT RTRIM(code), name, RIGHT(src, 5) FROM %s ORDER BY code",
                    List.of("a x 2.csv", "b 2 1.csv", "c 3 2.csv")),
            new Case(
                    "inserted",
                    "id BIGINT NOT NULL, name VARCHAR(20)",
                    List.of("keys", "id", "mode", "insert-only"),
                    "id,name\n1,a\n",
                    "id,name\n1,b\n2,c\n",
                    ROWS,
                    List.of("1 a", "2 c")),
            new Case(
                    "appended",
                    "id BIGINT NOT NULL, name VARCHAR(20)",
                    List.of("mode", "append"),
                    "id,name\n1,a\n",
                    "id,name\n1,b\n",
                    ROWS,
                    List.of("1 a", "1 b")),
            new Case(
                    "replaced",
                    "id BIGINT NOT NULL, name VARCHAR(20)",
                    List.of("keys", "id", "mode", "replace", "maxDeletedRatio", "1"),
                    "id,name\n1,a\n2,b\n",
                    "id,name\n3,c\n",
                    ROWS,
                    List.of("3 c")),
            new Case(
                    "mirrored",
                    "id BIGINT NOT NULL, name VARCHAR(20), gone TIMESTAMP",
                    List.of("keys", "id", "mode", "mirror", "deletedColumn", "gone", "maxDeletedRatio", "1"),
                    "id,name\n1,a\n2,b\n",
                    "id,name\n1,a\n",
                    "SELECT id, name, CASE WHEN gone IS NULL THEN 'here' ELSE 'gone' END FROM %s ORDER BY id",
                    List.of("1 a here", "2 b gone")),
            new Case(
                    "changed",
                    "id BIGINT NOT NULL, name VARCHAR(20), gone TIMESTAMP",
                    List.of("keys", "id", "mode", "changes", "deletedColumn", "gone"),
                    "Op,id,name\nI,1,a\nI,2,b\n",
                    "Op,id,name\nU,1,c\nD,2,b\n",
                    "SELECT id, name, CASE WHEN gone IS NULL THEN 'here' ELSE 'gone' END FROM %s ORDER BY id",
                    List.of("1 c here", "2 b gone")),
            new Case(
                    "historic",
                    "id BIGINT NOT NULL, name VARCHAR(20), valid_from TIMESTAMP, valid_to TIMESTAMP, is_current BOOLEAN",
                    List.of("keys", "id", "mode", "history"),
                    "id,name\n1,a\n",
                    "id,name\n1,b\n",
                    "SELECT id, name, CASE WHEN is_current THEN 'now' ELSE 'then' END FROM %s ORDER BY name",
                    List.of("1 a then", "1 b now")),
            new Case(
                    "remembered",
                    "id BIGINT NOT NULL, name VARCHAR(20)",
                    List.of("keys", "id", "rememberRows", "true"),
                    "id,name\n1,a\n2,b\n",
                    "id,name\n1,a\n2,c\n",
                    ROWS,
                    List.of("1 a", "2 c")),
            new Case(
                    "direct",
                    "id BIGINT NOT NULL, name VARCHAR(20)",
                    List.of("keys", "id", "staging", "direct", "quote", "none"),
                    "id,name\n1,a\n2,b\n",
                    "id,name\n2,c\n",
                    ROWS,
                    List.of("1 a", "2 c")));

    @Override
    public int number() {
        return 4;
    }

    @Override
    public String name() {
        return "caravan load in each mode";
    }

    @Override
    public String settles() {
        return "MERGE, keys with blanks at the end, marks of deletion, names, rights";
    }

    @Override
    public Duration limit() {
        return Duration.ofMinutes(12);
    }

    @Override
    public void tryOn(Ground ground, Findings findings) throws Exception {
        ground.loads().prepare();
        try (Session session = ground.connect()) {
            for (Case feed : CASES) {
                session.execute("CREATE TABLE " + ground.schema() + "." + feed.name() + " (" + feed.columns() + ")");
                ground.loads().feed(feed.name(), feed.parameters().toArray(String[]::new));
                ground.loads().put(feed.name(), "1.csv", feed.first());
            }
            load(ground, findings, "first objects of " + CASES.size() + " feeds are loaded");
            for (Case feed : CASES) {
                ground.loads().put(feed.name(), "2.csv", feed.second());
            }
            load(ground, findings, "second objects are loaded into the same tables");
            for (Case feed : CASES) {
                findings.claim("the table of the feed " + feed.name() + " is as it should be", () -> {
                    String table = ground.schema() + "." + feed.name();
                    return Seen.same(feed.expected(), session.lines(String.format(Locale.ROOT, feed.query(), table)));
                });
            }
            findings.claim("the counts of all loads add up", () -> {
                String seen = session.line("SELECT COUNT(*), SUM(CASE WHEN rows_read = rows_inserted + rows_updated +"
                        + " rows_unchanged + rows_deleted + rows_stale + rows_superseded + rows_rejected OR rows_deleted > 0"
                        + " THEN 0 ELSE 1 END) FROM caravan.loads WHERE target LIKE '" + ground.schema() + ".%'");
                return Seen.that(seen.endsWith(" 0"), "loads, and those whose counts do not: " + seen);
            });
        }
    }

    private static void load(Ground ground, Findings findings, String claim) throws InterruptedException {
        findings.claim(claim, () -> {
            CaravanProcess.Result result = ground.loads().run("load");
            return Seen.that(result.exitCode() == 0, Loads.lastWords(result));
        });
    }
}
