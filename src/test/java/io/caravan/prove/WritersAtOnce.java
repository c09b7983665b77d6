package io.caravan.prove;

import io.caravan.base.ErrorCode;
import io.caravan.redshift.Production;
import io.caravan.testing.CaravanProcess;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** Two that write at once: how the one is refused that comes too late, and that Caravan's own loads get through. */
final class WritersAtOnce implements Assumption {

    private static final String COLUMNS = " (id BIGINT NOT NULL, day DATE)";
    private static final String OBJECT = "id,day\n1,2024-01-01\n2,never\n3,2024-01-03\n";
    private static final long PATIENCE_SECONDS = 180;

    @Override
    public int number() {
        return 8;
    }

    @Override
    public String name() {
        return "Writers at the same time";
    }

    @Override
    public String settles() {
        return "which failures are conflicts, which are tried again";
    }

    @Override
    public Duration limit() {
        return Duration.ofMinutes(12);
    }

    @Override
    public void tryOn(Ground ground, Findings findings) throws Exception {
        try (Session session = ground.connect()) {
            session.execute(
                    "CREATE TABLE " + ground.schema() + ".left_one" + COLUMNS,
                    "CREATE TABLE " + ground.schema() + ".right_one" + COLUMNS,
                    "INSERT INTO " + ground.schema() + ".left_one VALUES (0, NULL)");
        }
        findings.claim("a write that comes after another's is refused as a conflict", () -> overtaken(ground));
        findings.claim("a deadlock is refused as a conflict", () -> deadlock(ground));
        ground.loads().prepare();
        for (String feed : List.of("left_one", "right_one")) {
            ground.loads().feed(feed, "keys", "id", "retryDelay", "200");
            ground.loads().put(feed, "1.csv", OBJECT);
        }
        findings.claim(
                "two loads of two tables with rejected rows get through",
                () -> both(ground, List.of("load", "--feed", "left_one"), List.of("load", "--feed", "right_one")));
        ground.loads().put("left_one", "2.csv", OBJECT.replace("3,", "4,"));
        findings.claim(
                "a load and a replay of the same feed get through",
                () -> both(
                        ground,
                        List.of("load", "--feed", "left_one"),
                        List.of("dead-letters", "replay", "--feed", "left_one")));
        findings.claim("both tables have one row for each key, and the rejected rows are kept once each", () -> {
            try (Session session = ground.connect()) {
                String seen = session.line("SELECT (SELECT COUNT(*) FROM " + ground.schema()
                        + ".left_one), (SELECT COUNT(*)"
                        + " FROM " + ground.schema() + ".right_one), (SELECT COUNT(*) FROM caravan.dead_letters WHERE"
                        + " object_key LIKE '%left_one/1.csv' AND status = 'open')");
                return Seen.same("4 2 1", seen);
            }
        });
    }

    private static String overtaken(Ground ground) throws Exception {
        String table = ground.schema() + ".left_one";
        try (Session late = ground.connect();
                Session early = ground.connect()) {
            late.begin();
            late.line("SELECT COUNT(*) FROM " + table);
            early.execute("UPDATE " + table + " SET day = '2024-01-01'");
            late.execute("UPDATE " + table + " SET day = '2024-01-02'");
            late.commit();
            throw new Findings.Difference("it was carried out, upon a snapshot that knew nothing of the other");
        } catch (SQLException e) {
            return conflict(e);
        }
    }

    private static String deadlock(Ground ground) throws Exception {
        String left = "LOCK TABLE " + ground.schema() + ".left_one";
        String right = "LOCK TABLE " + ground.schema() + ".right_one";
        try (Session one = ground.connect();
                Session other = ground.connect()) {
            one.begin();
            one.execute(left);
            other.begin();
            other.execute(right);
            Future<String> refusal = ground.beside(() -> {
                String seen = "";
                try {
                    one.execute(right);
                } catch (SQLException e) {
                    seen = conflict(e);
                }
                one.rollback();
                return seen;
            });
            String mine = "";
            try {
                other.execute(left);
            } catch (SQLException e) {
                mine = conflict(e);
            }
            other.rollback();
            String seen = mine + refusal.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
            return Seen.that(!seen.isEmpty(), seen.isEmpty() ? "nobody was refused" : seen);
        }
    }

    private static String conflict(SQLException e) throws Findings.Difference {
        ErrorCode code = Production.classify(e);
        return Seen.that(code == ErrorCode.WAREHOUSE_CONFLICT, code + " for " + Findings.describe(e));
    }

    private static String both(Ground ground, List<String> first, List<String> second) throws Exception {
        Future<CaravanProcess.Result> beside =
                ground.beside(() -> ground.loads().run(first.toArray(String[]::new)));
        CaravanProcess.Result mine = ground.loads().run(second.toArray(String[]::new));
        CaravanProcess.Result others = beside.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        return Seen.that(
                others.exitCode() == 3 && (mine.exitCode() == 3 || mine.exitCode() == 0),
                Loads.lastWords(others) + "; " + Loads.lastWords(mine));
    }
}
