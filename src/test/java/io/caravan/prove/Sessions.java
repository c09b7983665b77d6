package io.caravan.prove;

import io.caravan.base.ErrorCode;
import io.caravan.redshift.Production;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;

/** Zones, prepared statements, transactions and counts, as one session sees them. */
final class Sessions implements Assumption {

    private static final List<String> ZONES = List.of("UTC", "America/New_York", "Asia/Kathmandu");

    @Override
    public int number() {
        return 11;
    }

    @Override
    public String name() {
        return "Sessions";
    }

    @Override
    public String settles() {
        return "that times are UTC whatever the machine's zone, and what a transaction may hold";
    }

    @Override
    public void tryOn(Ground ground, Findings findings) throws Exception {
        String table = ground.schema() + ".timed";
        try (Session session = ground.connect()) {
            session.execute(
                    "CREATE TABLE " + table + " (zone VARCHAR(40), at TIMESTAMP, at_utc TIMESTAMPTZ, said TIMESTAMP)");
            for (String zone : ZONES) {
                findings.claim("times are UTC where the driver's zone is " + zone, () -> times(ground, table, zone));
            }
            findings.claim(
                    "GETDATE() is UTC whatever the driver's zone",
                    () -> Seen.same(
                            "0",
                            session.line(
                                    "SELECT COUNT(*) FROM " + table + " AS a INNER JOIN " + table
                                            + " AS b ON a.zone <> b.zone"
                                            + " WHERE DATEDIFF(minute, a.said, b.said) > 10 OR DATEDIFF(minute, a.said, b.said) < -10")));
            findings.claim(
                    "a prepared statement whose table was dropped and made anew is refused as a conflict",
                    () -> stale(session));
            findings.claim(
                    "the same text, prepared anew, is carried out", () -> session.line("SELECT COUNT(*) FROM stale"));
            findings.claim("ANALYZE of a temporary table is allowed in a transaction", () -> {
                session.begin();
                session.execute(
                        "CREATE TEMP TABLE analyzed (id INT)", "INSERT INTO analyzed VALUES (1)", "ANALYZE analyzed");
                session.commit();
                return "carried out";
            });
            findings.claim("INSERT, UPDATE and DELETE tell how many rows they changed", () -> counts(session));
            findings.claim(
                    "TRUNCATE commits the transaction it is in (the stand-in does)", () -> truncate(session, ground));
            findings.claim("a table that is made in a transaction is gone with its rollback", () -> {
                session.begin();
                session.execute("CREATE TABLE " + ground.schema() + ".undone (id INT)");
                session.rollback();
                return Seen.same(
                        "[]",
                        session.lines(
                                        "SELECT c.relname FROM pg_catalog.pg_class AS c INNER JOIN pg_catalog.pg_namespace AS n"
                                                + " ON n.oid = c.relnamespace WHERE n.nspname = ? AND c.relname = 'undone'",
                                        ground.schema())
                                .toString());
            });
        }
    }

    private static String times(Ground ground, String table, String zone) throws Exception {
        try (Session session = ground.connectWith(";connectionTimezone=" + zone)) {
            session.execute("INSERT INTO " + table + " SELECT '" + zone + "', CAST('2026-07-01 12:00:00' AS TIMESTAMP),"
                    + " CAST('2026-07-01 12:00:00' AS TIMESTAMP), GETDATE()");
            return Seen.same(
                    "2026-07-01 12:00:00 2026-07-01 12:00:00+00",
                    session.line("SELECT CAST(at AS VARCHAR), CAST(at_utc AS VARCHAR) FROM " + table + " WHERE zone = '"
                            + zone + "'"));
        }
    }

    private static String stale(Session session) throws Exception {
        session.execute("CREATE TEMP TABLE stale (id INT)");
        try (PreparedStatement kept = session.connection().prepareStatement("SELECT COUNT(*) FROM stale")) {
            read(kept);
            session.execute("DROP TABLE stale", "CREATE TEMP TABLE stale (id INT)");
            read(kept);
            throw new Findings.Difference("it was carried out, so the server plans anew");
        } catch (SQLException e) {
            ErrorCode code = Production.classify(e);
            return Seen.that(code == ErrorCode.WAREHOUSE_CONFLICT, code + " for " + Findings.describe(e));
        }
    }

    private static void read(PreparedStatement statement) throws SQLException {
        try (ResultSet result = statement.executeQuery()) {
            result.next();
        }
    }

    private static String counts(Session session) throws Exception {
        session.execute("CREATE TEMP TABLE counted (id INT)");
        List<Integer> seen = List.of(
                session.update("INSERT INTO counted VALUES (1), (2), (3)"),
                session.update("INSERT INTO counted SELECT id FROM counted"),
                session.update("UPDATE counted SET id = 4 WHERE id = 1"),
                session.update("DELETE FROM counted WHERE id = 2"));
        return Seen.same(List.of(3, 3, 2, 2), seen);
    }

    private static String truncate(Session session, Ground ground) throws Exception {
        String kept = ground.schema() + ".kept";
        session.execute("CREATE TABLE " + kept + " (id INT)", "CREATE TABLE " + kept + "_not (id INT)");
        session.begin();
        session.execute("INSERT INTO " + kept + " VALUES (1)", "TRUNCATE " + kept + "_not");
        session.rollback();
        return Seen.same("1", session.line("SELECT COUNT(*) FROM " + kept));
    }
}
