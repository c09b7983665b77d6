package io.caravan.prove;

import io.caravan.model.table.TableName;
import io.caravan.redshift.Production;
import java.math.BigDecimal;
import java.util.List;

/** The sums by which a feed with rememberRows finds out that somebody else has changed its table. */
final class SumOfHashes implements Assumption {

    @Override
    public int number() {
        return 2;
    }

    @Override
    public String name() {
        return "SUM";
    }

    @Override
    public String settles() {
        return "feeds with rememberRows";
    }

    @Override
    public void tryOn(Ground ground, Findings findings) throws Exception {
        String table = ground.schema() + ".hashed";
        String hash = "FNV_HASH(x, CAST(0 AS BIGINT))";
        try (Session session = ground.connect()) {
            session.execute(
                    "CREATE TABLE " + table + " (x BIGINT, huge BIGINT)",
                    "INSERT INTO " + table
                            + " VALUES (1, 9000000000000000000), (2, 9000000000000000000), (3, 0), (4, 0),"
                            + " (5, 0), (6, 0), (7, 0), (8, 0), (9, 0), (NULL, 0)");
            List<String> hashes = session.lines("SELECT " + hash + " FROM " + table);
            String sum = hashes.stream()
                    .filter(text -> !text.equals("null"))
                    .map(BigDecimal::new)
                    .reduce(BigDecimal.ZERO, BigDecimal::add)
                    .toPlainString();
            findings.claim("hashes are summed as DECIMAL(38,0) without overflow", () -> {
                String seen = session.line("SELECT SUM(CAST(" + hash + " AS DECIMAL(38,0))) FROM " + table);
                return Seen.same(sum, seen);
            });
            findings.claim("SUM of BIGINT is BIGINT, as its page says (the stand-in follows it; Caravan casts)", () -> {
                session.execute("CREATE TABLE " + table + "_sum AS SELECT SUM(x) AS total FROM " + table);
                return Seen.same(
                        "BIGINT",
                        Production.describe(session.connection(), TableName.parse(table + "_sum"))
                                .columns()
                                .get(0)
                                .type()
                                .sql());
            });
            findings.claim("SUM of BIGINT that overflows is refused (the stand-in refuses it)", () -> {
                String refusal = session.refusal("SELECT SUM(huge) FROM " + table);
                return Seen.that(!refusal.equals("no refusal"), refusal);
            });
            findings.claim("FNV_HASH counts blanks at the end of a text", () -> {
                String seen = session.line("SELECT COUNT(*) FROM (SELECT FNV_HASH(CAST('a' AS VARCHAR(3)), CAST(0 AS"
                        + " BIGINT)) AS h, FNV_HASH(CAST('a ' AS VARCHAR(3)), CAST(0 AS BIGINT)) AS i FROM "
                        + table + " WHERE x = 1) AS t WHERE h <> i");
                return Seen.same("1", seen);
            });
        }
    }
}
