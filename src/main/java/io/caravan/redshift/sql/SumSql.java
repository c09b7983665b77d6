package io.caravan.redshift.sql;

import static io.caravan.redshift.sql.SqlText.quote;
import static io.caravan.redshift.sql.StagingSql.CHANGES;
import static java.util.stream.Collectors.joining;

import io.caravan.model.feed.MergePlan;
import io.caravan.model.table.Column;
import io.caravan.model.table.ColumnType.Kind;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * The checksum of rows: their number, and the sum of their hashes. A hash covers each loaded column, whether it is NULL, and
 * the length of a text, since FNV does not separate two adjacent texts. At its end the hash covers itself: FNV hardly mixes
 * its last input, so the sum would often not change when two rows swap a value there.
 *
 * @see <a href="https://docs.aws.amazon.com/redshift/latest/dg/r_FNV_HASH.html">FNV_HASH</a>
 */
public final class SumSql {

    /** So many bits of a BIGINT are used. */
    private static final int NULLS_PER_NUMBER = 60;

    /** Hashes of more columns stand side by side: nobody says how deep Redshift lets a function stand in itself. */
    private static final int COLUMNS_PER_GROUP = 50;

    private static final String NOTHING = "CAST(0 AS BIGINT)";

    /** What is hashed as text, and BOOLEAN, has a number of its own for NULL. */
    private static final Set<Kind> SHOWING_NULL = Set.of(Kind.CHAR, Kind.VARCHAR, Kind.TIME, Kind.TIMETZ, Kind.BOOLEAN);

    private SumSql() {}

    /** Sums up all rows. */
    public static String sumTarget(MergePlan plan) {
        return sum(plan, "");
    }

    /** Sums up the rows whose keys have changes. */
    public static String sumChanged(MergePlan plan) {
        return sum(
                plan,
                " INNER JOIN (SELECT DISTINCT " + SqlText.names(plan.keys()) + " FROM " + CHANGES + ") AS s ON "
                        + SqlText.and(plan.keys(), key -> "t." + quote(key.name()) + " = s." + quote(key.name())));
    }

    private static String sum(MergePlan plan, String join) {
        // SUM of BIGINT is a BIGINT, which a few hashes are too much for.
        return "SELECT COUNT(*), COALESCE(SUM(CAST(FNV_HASH(" + hash(plan.columns())
                + ", CAST(1 AS BIGINT)) AS DECIMAL(38,0))), 0)\nFROM " + TargetSql.name(plan) + " AS t" + join;
    }

    /** The hashes of groups make one of the row: two rows that have swapped a group would come to the same sum otherwise. */
    private static String hash(List<Column> columns) {
        if (columns.size() <= COLUMNS_PER_GROUP) {
            return hashOfGroup(columns);
        }
        String hash = NOTHING;
        for (int from = 0; from < columns.size(); from += COLUMNS_PER_GROUP) {
            List<Column> group = columns.subList(from, Math.min(from + COLUMNS_PER_GROUP, columns.size()));
            hash = "FNV_HASH(" + hashOfGroup(group) + ",\n" + hash + ")";
        }
        return hash;
    }

    private static String hashOfGroup(List<Column> columns) {
        String hash = NOTHING;
        for (Column column : columns) {
            hash = hash(column, hash);
        }
        List<Column> nullable = columns.stream()
                .filter(column -> column.nullable()
                        && !SHOWING_NULL.contains(column.type().kind()))
                .toList();
        for (int from = 0; from < nullable.size(); from += NULLS_PER_NUMBER) {
            List<Column> some = nullable.subList(from, Math.min(from + NULLS_PER_NUMBER, nullable.size()));
            hash = "FNV_HASH(" + nulls(some) + ", " + hash + ")";
        }
        return hash;
    }

    /** A number with a bit for each column that is NULL. */
    private static String nulls(List<Column> columns) {
        return IntStream.range(0, columns.size())
                .mapToObj(i -> "CASE WHEN " + name(columns.get(i)) + " IS NULL THEN CAST(" + (1L << i)
                        + " AS BIGINT) ELSE 0 END")
                .collect(joining(" + "));
    }

    private static String hash(Column column, String seed) {
        String name = name(column);
        return switch (column.type().kind()) {
            case CHAR, VARCHAR -> hashOfText(name, seed);
            // Of times of day nobody says that they can be hashed.
            case TIME, TIMETZ -> hashOfText("CAST(" + name + " AS VARCHAR)", seed);
            case BOOLEAN ->
                "FNV_HASH(CASE WHEN " + name + " IS NULL THEN 0 WHEN " + name + " THEN 1 ELSE 2 END, " + seed + ")";
            case SMALLINT, INTEGER, BIGINT -> hash(column, "CAST(0 AS BIGINT)", seed);
            case DECIMAL -> hash(column, "0", seed);
            case REAL, DOUBLE -> hash(column, "CAST(0 AS DOUBLE PRECISION)", seed);
            case DATE -> hash(column, "CAST('2000-01-01' AS DATE)", seed);
            case TIMESTAMP -> hash(column, "CAST('2000-01-01 00:00:00' AS TIMESTAMP)", seed);
            case TIMESTAMPTZ -> hash(column, "CAST('2000-01-01 00:00:00+00' AS TIMESTAMPTZ)", seed);
            case SUPER, VARBYTE ->
                throw new IllegalArgumentException("no hash of " + column.type().sql());
        };
    }

    private static String hashOfText(String text, String seed) {
        return "FNV_HASH(COALESCE(" + text + ", ''), FNV_HASH(COALESCE(OCTET_LENGTH(" + text + "), -1), " + seed + "))";
    }

    /** With a value in the place of NULL, which shows elsewhere. */
    private static String hash(Column column, String otherwise, String seed) {
        String value = column.nullable() ? "COALESCE(" + name(column) + ", " + otherwise + ")" : name(column);
        return "FNV_HASH(" + value + ", " + seed + ")";
    }

    private static String name(Column column) {
        return "t." + quote(column.name());
    }
}
