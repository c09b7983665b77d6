package io.caravan.redshift.sql;

import static io.caravan.redshift.sql.SqlText.list;
import static io.caravan.redshift.sql.SqlText.names;
import static io.caravan.redshift.sql.SqlText.quote;
import static java.util.stream.Collectors.joining;

import io.caravan.model.table.Column;
import io.caravan.model.table.ColumnType.Kind;
import io.caravan.model.table.TableName;
import io.caravan.model.verify.TableComparison;
import io.caravan.model.verify.TableComparison.Extent;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The statements that compare a target with its stand-in, a temporary table with the rows that the target should have. The
 * target's rows are {@code t}, the stand-in's {@code s}.
 */
public final class VerifySql {

    /** The stand-in's name. */
    public static final String STAND_IN = "caravan_verified";

    private static final String IN_OBJECTS = "caravan_in_objects";
    private static final String IN_TABLE = "caravan_in_table";
    private static final String SAME = "caravan_same";
    private static final String UPDATED = "caravan_updated";
    private static final String LENGTH = "caravan_length_";

    private VerifySql() {}

    public static String dropStandIn() {
        return "DROP TABLE IF EXISTS " + STAND_IN;
    }

    /** Without defaults: a value that no object gives must not look as if one did. */
    public static String createStandIn(List<Column> columns) {
        return "CREATE TEMP TABLE " + STAND_IN + " ("
                + list(
                        columns,
                        column -> quote(column.name()) + " " + column.type().sql()) + ")";
    }

    public static String takeKeys(TableName target, List<Column> keys) {
        return "INSERT INTO " + STAND_IN + " (" + names(keys) + ")\nSELECT DISTINCT " + names(keys) + " FROM "
                + quote(target);
    }

    /**
     * Reads entries of the ledger, each with the start of its load.
     *
     * @param all the objects table of the target, as {@link LedgerSql#allObjects} has it
     * @param ofLoad whether only the entries of one load are wanted
     */
    public static String readEntries(String all, boolean ofLoad, int limit) {
        return "SELECT o.bucket, o.object_key, o.etag, o.size_bytes, o.last_modified, o.position, o.load_id, o.feed,"
                + " l.started_at, o.outcome, "
                + LedgerSql.rowCounts().stream().map(count -> "o." + count).collect(joining(", "))
                + ", o.content_sha256\nFROM (" + all + ") AS o LEFT JOIN " + LedgerSql.LOADS
                + " AS l ON l.load_id = o.load_id\n"
                + "WHERE o.target = ? AND o.position > ?" + (ofLoad ? " AND o.load_id = ?" : "")
                + " ORDER BY o.position LIMIT " + limit;
    }

    /**
     * Counts rows that are matched by columns: equal, different, missing, doubled, and those of the table that no object has
     * updated.
     */
    public static String countMatched(TableName target, TableComparison comparison) {
        return "SELECT " + sum(SAME + " > 0", "1") + ", "
                + sum(isDifferent() + " AND " + UPDATED + " = 1", "1") + ", "
                + sum(IN_TABLE + " = 0", "1") + ", "
                + sum(IN_TABLE + " > 1", IN_TABLE + " - 1") + ", "
                + sum(isDifferent() + " AND " + UPDATED + " = 0", "1") + "\nFROM (" + matchedRows(target, comparison)
                + ") AS matched_rows";
    }

    /** Counts the rows of the table that the stand-in lacks. */
    public static String countInNoObject(TableName target, TableComparison comparison) {
        return "SELECT COUNT(*)" + inNoObject(target, comparison);
    }

    /** Counts in how many rows each compared column differs, in their order. */
    public static String countColumns(TableName target, TableComparison comparison) {
        return "SELECT "
                + list(
                        comparison.compared(),
                        column -> "COALESCE(SUM(CASE WHEN " + ChangesSql.same(column) + " THEN 0 ELSE 1 END), 0)")
                + "\nFROM "
                + STAND_IN + " AS s INNER JOIN " + quote(target) + " AS t ON " + isMatch(comparison)
                + (comparison.extent() == Extent.UPDATED ? "\nWHERE " + isUpdated(comparison) : "");
    }

    /** Reads matched rows that differ: the matched columns, how often the table has the row, how often as it should be, updated. */
    public static String readDifferent(TableName target, TableComparison comparison) {
        return "SELECT " + list(comparison.matched(), column -> TargetSql.text(column, "")) + ", " + IN_TABLE + ", "
                + SAME + ", " + UPDATED + "\nFROM (" + matchedRows(target, comparison) + ") AS matched_rows\nWHERE "
                + IN_TABLE + " <> 1 OR " + SAME + " <> 1 ORDER BY " + names(comparison.matched()) + " LIMIT "
                + comparison.limit();
    }

    /** Reads rows of the table that the stand-in lacks: the matched columns. */
    public static String readInNoObject(TableName target, TableComparison comparison) {
        return "SELECT " + list(comparison.matched(), column -> TargetSql.text(column, "t."))
                + inNoObject(target, comparison) + " ORDER BY "
                + list(comparison.matched(), column -> "t." + quote(column.name())) + " LIMIT " + comparison.limit();
    }

    /** Counts rows that nothing but all their values tells apart: equal, missing, doubled, and those in no object. */
    public static String countWhole(TableName target, TableComparison comparison) {
        return "SELECT "
                + sum(
                        "1 = 1",
                        "CASE WHEN " + IN_TABLE + " < " + IN_OBJECTS + " THEN " + IN_TABLE + " ELSE " + IN_OBJECTS
                                + " END")
                + ", " + sum(IN_OBJECTS + " > " + IN_TABLE, IN_OBJECTS + " - " + IN_TABLE) + ", "
                + sum(IN_OBJECTS + " > 0 AND " + IN_TABLE + " > " + IN_OBJECTS, IN_TABLE + " - " + IN_OBJECTS) + ", "
                + sum(IN_OBJECTS + " = 0", IN_TABLE) + "\nFROM (" + wholeRows(target, comparison) + ") AS whole_rows";
    }

    /** Reads such rows that differ: the first columns, how often objects have the row, and how often the table. */
    public static String readWhole(TableName target, TableComparison comparison, List<Column> shown) {
        return "SELECT " + list(shown, column -> TargetSql.text(column, "")) + ", " + IN_OBJECTS + ", " + IN_TABLE
                + "\nFROM (" + wholeRows(target, comparison) + ") AS whole_rows\nWHERE " + IN_OBJECTS
                + (comparison.extent() == Extent.LOADED ? " > " : " <> ") + IN_TABLE + " ORDER BY " + names(shown)
                + " LIMIT " + comparison.limit();
    }

    private static String isDifferent() {
        return IN_TABLE + " > 0 AND " + SAME + " = 0";
    }

    private static String sum(String condition, String value) {
        return "COALESCE(SUM(CASE WHEN " + condition + " THEN " + value + " ELSE 0 END), 0)";
    }

    /** Each row of the stand-in once, with how often the table has it. */
    private static String matchedRows(TableName target, TableComparison comparison) {
        String found = "t." + quote(comparison.matched().get(0).name());
        return "SELECT " + list(comparison.matched(), column -> "s." + quote(column.name())) + ", COUNT(" + found
                + ") AS " + IN_TABLE + ", " + sum(found + " IS NOT NULL" + isSame(comparison), "1") + " AS " + SAME
                + ", MAX(CASE WHEN " + isUpdated(comparison) + " THEN 1 ELSE 0 END) AS " + UPDATED + "\nFROM "
                + STAND_IN + " AS s LEFT JOIN " + quote(target) + " AS t ON " + isMatch(comparison)
                + "\nGROUP BY " + list(comparison.matched(), column -> "s." + quote(column.name()));
    }

    private static String inNoObject(TableName target, TableComparison comparison) {
        return "\nFROM " + quote(target) + " AS t LEFT JOIN " + STAND_IN + " AS s ON " + isMatch(comparison)
                + "\nWHERE s." + quote(comparison.matched().get(0).name()) + " IS NULL";
    }

    private static String isMatch(TableComparison comparison) {
        return SqlText.and(
                comparison.matched(), column -> "t." + quote(column.name()) + " = s." + quote(column.name()));
    }

    /** Of rows that match: {@code =} sees no blanks at the ends of keys, and they do not count. */
    private static String isSame(TableComparison comparison) {
        return comparison.compared().stream()
                .map(column -> " AND " + ChangesSql.same(column))
                .collect(joining());
    }

    private static String isUpdated(TableComparison comparison) {
        return comparison.extent() != Extent.UPDATED || comparison.compared().isEmpty()
                ? "1 = 1"
                : comparison.compared().stream()
                        .map(column -> "s." + quote(column.name()) + " IS NOT NULL")
                        .collect(joining(" OR ", "(", ")"));
    }

    /**
     * Each row of both tables once, with how often each has it. Two texts that differ only in the blanks at their ends would be one
     * without their lengths; two keys are one.
     */
    private static String wholeRows(TableName target, TableComparison comparison) {
        List<Column> columns = comparison.compared();
        List<Column> texts = columns.stream()
                .filter(column -> column.type().kind() == Kind.VARCHAR
                        && !comparison.keys().contains(column))
                .toList();
        String lengths = IntStream.range(0, texts.size())
                .mapToObj(i -> ", OCTET_LENGTH(" + quote(texts.get(i).name()) + ") AS " + LENGTH + i)
                .collect(joining());
        String lengthNames = IntStream.range(0, texts.size())
                .mapToObj(i -> ", " + LENGTH + i)
                .collect(joining());
        return "SELECT " + names(columns) + ", SUM(caravan_of_objects) AS " + IN_OBJECTS + ", SUM(caravan_of_table) AS "
                + IN_TABLE
                + "\nFROM (SELECT " + names(columns) + lengths
                + ", 1 AS caravan_of_objects, 0 AS caravan_of_table FROM "
                + STAND_IN + "\nUNION ALL\nSELECT " + names(columns) + lengths
                + ", 0 AS caravan_of_objects, 1 AS caravan_of_table FROM " + quote(target) + ") AS all_rows\nGROUP BY "
                + names(columns)
                + lengthNames;
    }
}
