package io.caravan.prove;

import io.caravan.base.CaravanException;
import io.caravan.base.ErrorCode;
import io.caravan.model.table.TableName;
import io.caravan.redshift.Production;

/** Columns that come to a table, and to the view over it. */
final class ChangingDefinitions implements Assumption {

    @Override
    public int number() {
        return 13;
    }

    @Override
    public String name() {
        return "Tables and views that change";
    }

    @Override
    public String settles() {
        return "ledgers of older versions, schema: evolve";
    }

    @Override
    public void tryOn(Ground ground, Findings findings) throws Exception {
        String table = ground.schema() + ".grown";
        String view = ground.schema() + ".grown_view";
        try (Session session = ground.connect();
                Session other = ground.connect()) {
            session.execute(
                    "CREATE TABLE " + table + " (id INT, name VARCHAR(10))",
                    "INSERT INTO " + table + " VALUES (1, 'a')");
            findings.claim("a late-binding view is made and replaced in a transaction", () -> {
                session.begin();
                session.execute(view(view, "SELECT id FROM " + table), view(view, "SELECT id, name FROM " + table));
                session.commit();
                return Seen.same("1 a", other.line("SELECT * FROM " + view));
            });
            findings.claim("ADD COLUMN and a view with one column more are committed together", () -> {
                session.begin();
                session.execute(
                        "ALTER TABLE " + table + " ADD COLUMN content_sha256 VARCHAR(64)",
                        view(view, "SELECT id, name, content_sha256 FROM " + table),
                        "INSERT INTO " + table + " VALUES (2, 'b', 'c')");
                session.commit();
                return Seen.same(
                        "[1 a null, 2 b c]",
                        other.lines("SELECT * FROM " + view + " ORDER BY id").toString());
            });
            findings.claim("ADD COLUMN is rolled back", () -> {
                session.begin();
                session.execute("ALTER TABLE " + table + " ADD COLUMN undone INT");
                session.rollback();
                return Seen.same(
                        "0",
                        session.line(
                                "SELECT COUNT(*) FROM pg_catalog.pg_attribute AS a INNER JOIN"
                                        + " pg_catalog.pg_class AS c ON c.oid = a.attrelid INNER JOIN pg_catalog.pg_namespace AS n ON n.oid ="
                                        + " c.relnamespace WHERE n.nspname = ? AND c.relname = 'grown' AND a.attname = 'undone'",
                                ground.schema()));
            });
            session.execute("CREATE TABLE " + table + "_long (name VARCHAR(10))");
            findings.claim("the length of a VARCHAR is not changed in a transaction (the stand-in refuses it)", () -> {
                session.begin();
                String refusal = session.refusal(widen(table + "_long", 20));
                session.rollback();
                return Seen.that(!refusal.equals("no refusal"), refusal);
            });
            findings.claim("it is changed outside of one", () -> {
                session.execute(widen(table + "_long", 30));
                return "carried out";
            });
            findings.claim("it is changed although a late-binding view reads it", () -> {
                session.execute(widen(table, 30));
                return "carried out";
            });
            findings.claim("Caravan finds a late-binding view, and takes it for no table", () -> {
                try {
                    return Production.describe(session.connection(), TableName.parse(view))
                            .toString();
                } catch (CaravanException e) {
                    return Seen.that(e.code() == ErrorCode.TARGET_NOT_A_TABLE, e.code() + ": " + e.getMessage());
                }
            });
        }
    }

    private static String view(String name, String query) {
        return "CREATE OR REPLACE VIEW " + name + " AS " + query + " WITH NO SCHEMA BINDING";
    }

    private static String widen(String table, int bytes) {
        return "ALTER TABLE " + table + " ALTER COLUMN name TYPE VARCHAR(" + bytes + ")";
    }
}
