package io.caravan.prove;

import io.caravan.redshift.Production;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Two loads of one target at the same time: the second must see what the first has committed. */
final class LockAndSnapshot implements Assumption {

    /** A statement that has not ended after it waits for the lock. */
    private static final long LOOK_MS = 700;

    /** Statements that wait for a lock are ended by the ground after a minute. */
    private static final long PATIENCE_SECONDS = 70;

    @Override
    public int number() {
        return 1;
    }

    @Override
    public String name() {
        return "LOCK and snapshot";
    }

    @Override
    public String settles() {
        return "that an object is loaded once";
    }

    @Override
    public void tryOn(Ground ground, Findings findings) throws Exception {
        String table = ground.schema() + ".lock_ledger";
        try (Session session = ground.connect()) {
            session.execute("CREATE TABLE " + table + " (position BIGINT NOT NULL)");
        }
        String level = isolation(ground, findings);
        findings.claim(
                "a transaction that waited on LOCK sees what was committed meanwhile (" + level + ")",
                () -> race(ground, table, List.of()));
        // Caravan ends the transaction before LOCK, so that nothing rests on this: it is noted.
        findings.claim(
                "what one sees that has read the catalog before LOCK is told (" + level + ")",
                () -> race(ground, table, List.of(Production.findTables())));
        findings.untried(
                "the same under the other isolation level",
                "it is the database's; try a database whose level is "
                        + (level.startsWith("SNAPSHOT") ? "SERIALIZABLE" : "SNAPSHOT") + " too");
    }

    private static String isolation(Ground ground, Findings findings) throws SQLException {
        try (Session session = ground.connect()) {
            // Two queries: one with both would mix functions of the leader node with a table.
            String database = session.line("SELECT current_database()");
            String level = session.line(
                            "SELECT TRIM(isolation_level) FROM stv_db_isolation_level WHERE TRIM(db_name) = ?",
                            database)
                    .toUpperCase(Locale.ROOT);
            findings.holds("the isolation level of the database is shown by stv_db_isolation_level", level);
            return level.contains("SNAPSHOT") ? "SNAPSHOT" : "SERIALIZABLE";
        } catch (SQLException e) {
            findings.untried(
                    "the isolation level of the database is shown by stv_db_isolation_level", Findings.describe(e));
            return "isolation level not known";
        }
    }

    private static String race(Ground ground, String table, List<String> before) throws Exception {
        try (Session first = ground.connect();
                Session second = ground.connect()) {
            first.execute("DELETE FROM " + table);
            first.begin();
            first.execute("LOCK TABLE " + table, "INSERT INTO " + table + " VALUES (1)");
            second.begin();
            for (String sql : before) {
                second.lines(sql);
            }
            Future<?> lock = ground.beside(() -> {
                second.execute("LOCK TABLE " + table);
                return true;
            });
            requireWaiting(lock);
            first.commit();
            lock.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
            String seen = second.line("SELECT COUNT(*) FROM " + table);
            if (!before.isEmpty()) {
                return "it saw " + seen + " of 1 row"
                        + (seen.equals("1") ? "" : ": its snapshot was older than the lock");
            }
            Seen.that(seen.equals("1"), "the second saw " + seen + " rows where the first had committed 1");
            second.execute("INSERT INTO " + table + " VALUES (2)");
            second.commit();
            return "LOCK waited, then the row was seen, and the second could write";
        }
    }

    private static void requireWaiting(Future<?> lock) throws Exception {
        try {
            lock.get(LOOK_MS, TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            return;
        }
        throw new Findings.Difference("LOCK did not wait for the transaction that had the lock");
    }
}
