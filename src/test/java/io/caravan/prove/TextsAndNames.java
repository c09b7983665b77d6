package io.caravan.prove;

import io.caravan.base.ErrorCode;
import io.caravan.redshift.Production;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Blanks at the end of texts, long names, and the forms of MERGE. */
final class TextsAndNames implements Assumption {

    /** In bytes. */
    private static final int LONGEST_NAME = 127;

    @Override
    public int number() {
        return 12;
    }

    @Override
    public String name() {
        return "Texts, names and MERGE";
    }

    @Override
    public String settles() {
        return "which keys are one, and what the stand-in refuses rightly";
    }

    @Override
    public void tryOn(Ground ground, Findings findings) throws Exception {
        String table = ground.schema() + ".texts";
        try (Session session = ground.connect()) {
            session.execute(
                    "CREATE TABLE " + table + " (id INT, v VARCHAR(10), c CHAR(10))",
                    "INSERT INTO " + table + " VALUES (1, 'a', 'a'), (2, 'a ', 'a ')");
            answers(table).forEach((claim, question) -> ask(session, findings, claim, question));
            merges(ground, session, findings);
            findings.claim("a name of " + LONGEST_NAME + " bytes is kept whole", () -> {
                String longest = "n".repeat(LONGEST_NAME);
                session.execute("CREATE TABLE " + ground.schema() + "." + longest + " (" + longest + " INT)");
                List<String> seen = session.lines(
                        "SELECT c.relname, a.attname FROM pg_catalog.pg_class AS c INNER JOIN pg_catalog.pg_namespace AS n"
                                + " ON n.oid = c.relnamespace INNER JOIN pg_catalog.pg_attribute AS a ON a.attrelid = c.oid"
                                + " AND a.attnum > 0 WHERE n.nspname = ? AND c.relname LIKE 'nnnnnn%'",
                        ground.schema());
                return Seen.same(List.of(longest + " " + longest), seen);
            });
            findings.claim("a quoted name is lower case", () -> {
                session.execute("CREATE TABLE " + ground.schema() + ".\"Folded\" (\"ID\" INT)");
                return Seen.same("0", session.line("SELECT COUNT(*) FROM " + ground.schema() + ".folded WHERE id = 1"));
            });
        }
    }

    /** Returns queries of one number, each with the number, by their claims. */
    private static Map<String, Map.Entry<String, String>> answers(String table) {
        Map<String, Map.Entry<String, String>> answers = new LinkedHashMap<>();
        answers.put(
                "blanks at the end count for nothing in = of VARCHARs",
                Map.entry("2", "SELECT COUNT(*) FROM " + table + " WHERE v = 'a'"));
        answers.put(
                "nor in a join",
                Map.entry("4", "SELECT COUNT(*) FROM " + table + " AS a INNER JOIN " + table + " AS b ON a.v = b.v"));
        answers.put(
                "nor in DISTINCT", Map.entry("1", "SELECT COUNT(*) FROM (SELECT DISTINCT v FROM " + table + ") AS d"));
        answers.put(
                "nor in GROUP BY",
                Map.entry("1", "SELECT COUNT(*) FROM (SELECT v FROM " + table + " GROUP BY v) AS g"));
        answers.put(
                "nor in PARTITION BY",
                Map.entry(
                        "2",
                        "SELECT MAX(n) FROM (SELECT ROW_NUMBER() OVER (PARTITION BY v ORDER BY id) AS n FROM " + table
                                + ") AS p"));
        answers.put(
                "OCTET_LENGTH counts them in VARCHARs", Map.entry("3", "SELECT SUM(OCTET_LENGTH(v)) FROM " + table));
        answers.put(
                "and in CHARs up to their declared length",
                Map.entry("20", "SELECT SUM(OCTET_LENGTH(c)) FROM " + table));
        answers.put("a pattern with ~ sees them", Map.entry("1", "SELECT COUNT(*) FROM " + table + " WHERE v ~ '^a$'"));
        return answers;
    }

    private static void ask(Session session, Findings findings, String claim, Map.Entry<String, String> question) {
        try {
            findings.compare(claim, question.getKey(), session.line(question.getValue()));
        } catch (SQLException e) {
            findings.failed(claim, e);
        }
    }

    private static void merges(Ground ground, Session session, Findings findings) throws InterruptedException {
        String target = "\"" + ground.schema() + "\".\"merged\"";
        String on = " ON " + target + ".\"id\" = merging.\"id\" ";
        String update = "WHEN MATCHED THEN UPDATE SET name = merging.name ";
        String insert = "WHEN NOT MATCHED THEN INSERT (id, name) VALUES (merging.id, merging.name)";
        findings.claim("MERGE takes the whole name of the target in ON, a temporary source, and both WHENs", () -> {
            session.execute(
                    "CREATE TABLE " + target + " (id INT, name VARCHAR(10))",
                    "INSERT INTO " + target + " VALUES (1, 'a')",
                    "CREATE TEMP TABLE merging AS SELECT CAST(1 AS INT) AS id, CAST('b' AS VARCHAR(10)) AS name UNION ALL"
                            + " SELECT 2, 'c'");
            session.begin();
            int count = session.update("MERGE INTO " + target + " USING merging" + on + update + insert);
            session.commit();
            return Seen.same(
                            "[1 b, 2 c]",
                            session.lines("SELECT id, name FROM " + target + " ORDER BY id")
                                    .toString()) + ", and the driver tells of " + count
                    + " rows (which Caravan does not rely on)";
        });
        String into = "MERGE INTO " + target + " ";
        refused(
                session,
                findings,
                "an alias of the target",
                "MERGE INTO " + target + " AS t USING merging ON t.id =" + " merging.id " + update + insert);
        refused(session, findings, "a single WHEN", into + "USING merging" + on + insert);
        refused(
                session,
                findings,
                "WHEN MATCHED AND",
                into + "USING merging" + on + update.replace("MATCHED", "MATCHED AND merging.id = 1") + insert);
        refused(
                session,
                findings,
                "an untyped NULL",
                into + "USING merging" + on + "WHEN MATCHED THEN UPDATE SET name = NULL " + insert);
        findings.claim("MERGE refuses two rows for one row, as a failure of data", () -> {
            session.execute(
                    "CREATE TEMP TABLE twice AS SELECT id, name FROM merging UNION ALL SELECT id, name FROM merging");
            try {
                session.execute(into + "USING twice" + on.replace("merging", "twice")
                        + (update + insert).replace("merging", "twice"));
                throw new Findings.Difference("it was carried out");
            } catch (SQLException e) {
                ErrorCode code = Production.classify(e);
                return Seen.that(code == ErrorCode.WAREHOUSE_DATA, code + " for " + Findings.describe(e));
            }
        });
    }

    /** In a transaction that is rolled back, should it be carried out. */
    private static void refused(Session session, Findings findings, String what, String sql)
            throws InterruptedException {
        findings.claim("MERGE refuses " + what + " (the stand-in does)", () -> {
            session.begin();
            String refusal = session.refusal(sql);
            session.rollback();
            return Seen.that(!refusal.equals("no refusal"), refusal);
        });
    }
}
