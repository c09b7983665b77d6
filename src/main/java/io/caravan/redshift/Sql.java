package io.caravan.redshift;

import static java.util.stream.Collectors.joining;

import io.caravan.model.Column;
import io.caravan.model.TableName;
import io.caravan.spi.StagingTable;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Every SQL statement of a load, as text. Only what Redshift documents; identifiers are always quoted, values are always
 * parameters except in COPY, which takes none.
 *
 * @see <a href="https://docs.aws.amazon.com/redshift/latest/dg/r_MERGE.html">MERGE</a>
 * @see <a href="https://docs.aws.amazon.com/redshift/latest/dg/r_COPY.html">COPY</a>
 */
final class Sql {

    static final String OBJECT = "caravan_object";
    static final String LINE = "caravan_line";

    private static final String ROWS = StagingTable.ROWS.tableName();
    private static final String REJECTED = StagingTable.REJECTED.tableName();
    private static final String SUPERSEDED = "caravan_superseded";
    private static final String CHANGES = "caravan_changes";
    private static final String IS_NEW = "caravan_is_new";

    /** RAW is a <a href="https://docs.aws.amazon.com/redshift/latest/dg/r_pg_keywords.html">reserved word</a>. */
    private static final List<String> REJECTED_COLUMNS =
            List.of(OBJECT, LINE, "column_name", "error_code", "reason", "\"raw\"");

    private Sql() {}

    // ---- staging

    /** The tables that a connection out of the pool may still have from its last load. */
    static List<String> dropStaging() {
        return Stream.of(ROWS, REJECTED, SUPERSEDED, CHANGES)
                .map(table -> "DROP TABLE IF EXISTS " + table)
                .toList();
    }

    static String createRows(List<Column> columns) {
        return "CREATE TEMP TABLE " + ROWS + " (" + OBJECT + " INTEGER NOT NULL, " + LINE + " BIGINT NOT NULL, "
                + list(
                        columns,
                        column -> quote(column.name()) + " " + column.type().sql())
                + ")";
    }

    static String createRejected() {
        return "CREATE TEMP TABLE " + REJECTED + " (" + OBJECT + " INTEGER NOT NULL, " + LINE + " BIGINT NOT NULL, "
                + "column_name VARCHAR(512), error_code VARCHAR(64) NOT NULL, reason VARCHAR(2048) NOT NULL, "
                + "\"raw\" VARCHAR(65535) NOT NULL)";
    }

    static String insert(StagingTable table, List<Column> columns) {
        List<String> names = stagedColumns(table, columns);
        return "INSERT INTO " + table.tableName() + " (" + String.join(", ", names) + ") VALUES ("
                + names.stream().map(name -> "?").collect(joining(", ")) + ")";
    }

    /** The data files' format is the one that {@link io.caravan.spi.DataFiles} names. */
    static String copy(StagingTable table, List<Column> columns, String manifest, String iamRole, String nullMarker) {
        return "COPY " + table.tableName() + " (" + String.join(", ", stagedColumns(table, columns)) + ")\n"
                + "FROM " + literal(manifest) + "\n"
                + "IAM_ROLE " + (iamRole.equals("default") ? iamRole : literal(iamRole)) + "\n"
                + "MANIFEST FORMAT CSV ZSTD NULL AS " + literal(nullMarker)
                + " DATEFORMAT 'auto' TIMEFORMAT 'auto' COMPUPDATE OFF STATUPDATE OFF";
    }

    static String deleteObjects(StagingTable table, Collection<Integer> objects) {
        return "DELETE FROM " + table.tableName() + " WHERE " + OBJECT + " IN ("
                + objects.stream().sorted().map(String::valueOf).collect(joining(", ")) + ")";
    }

    static String deleteRejectedAfter() {
        return "DELETE FROM " + REJECTED + " WHERE " + OBJECT + " = ? AND " + LINE + " > ?";
    }

    static String count(StagingTable table) {
        return "SELECT " + OBJECT + ", COUNT(*) FROM " + table.tableName() + " GROUP BY " + OBJECT;
    }

    // ---- one row for each key

    static String createSuperseded(List<Column> keys) {
        return "CREATE TEMP TABLE " + SUPERSEDED + " AS SELECT " + OBJECT + ", " + LINE + "\n"
                + "FROM (SELECT " + OBJECT + ", " + LINE + ", ROW_NUMBER() OVER (PARTITION BY " + names(keys)
                + " ORDER BY " + OBJECT + " DESC, " + LINE + " DESC) AS caravan_rank FROM " + ROWS + ") AS ranked\n"
                + "WHERE caravan_rank > 1";
    }

    static String countSuperseded() {
        return "SELECT " + OBJECT + ", COUNT(*) FROM " + SUPERSEDED + " GROUP BY " + OBJECT;
    }

    static String deleteSuperseded() {
        return "DELETE FROM " + ROWS + " USING " + SUPERSEDED + "\n"
                + "WHERE " + ROWS + "." + OBJECT + " = " + SUPERSEDED + "." + OBJECT
                + " AND " + ROWS + "." + LINE + " = " + SUPERSEDED + "." + LINE;
    }

    // ---- the merge

    static String countTarget(TableName target) {
        return "SELECT COUNT(*) FROM " + quote(target);
    }

    /**
     * Compares by key and then column by column, NULL equal to NULL. IS DISTINCT FROM is not Redshift's, and NOT of a
     * comparison with NULL is unknown: hence the CASE.
     */
    static String createChanges(TableName target, List<Column> columns, List<Column> keys) {
        Stream<String> same = columns.stream()
                .filter(column -> !keys.contains(column))
                .map(column -> quote(column.name()))
                .map(name ->
                        "(t." + name + " = s." + name + " OR (t." + name + " IS NULL AND s." + name + " IS NULL))");
        String matched = "t." + quote(keys.get(0).name()) + " IS NOT NULL";
        return "CREATE TEMP TABLE " + CHANGES + " AS SELECT s." + OBJECT + ", s." + LINE + ", "
                + list(columns, column -> "s." + quote(column.name()))
                + ", CASE WHEN " + matched + " THEN 0 ELSE 1 END AS " + IS_NEW + "\n"
                + "FROM " + ROWS + " AS s LEFT JOIN " + quote(target) + " AS t ON "
                + and(keys, key -> "t." + quote(key.name()) + " = s." + quote(key.name())) + "\n"
                + "WHERE CASE WHEN "
                + Stream.concat(Stream.of(matched), same).collect(joining(" AND "))
                + " THEN 0 ELSE 1 END = 1";
    }

    static String countChanges() {
        return "SELECT " + OBJECT + ", SUM(" + IS_NEW + "), COUNT(*) FROM " + CHANGES + " GROUP BY " + OBJECT;
    }

    /** A staged row that met two rows of the target stands twice among the changes. */
    static String countRepeatedChanges() {
        return "SELECT COUNT(*) FROM (SELECT " + OBJECT + ", " + LINE + " FROM " + CHANGES + " WHERE " + IS_NEW
                + " = 0 GROUP BY " + OBJECT + ", " + LINE + " HAVING COUNT(*) > 1) AS repeated";
    }

    /** Both WHEN clauses are mandatory and the target has no alias; without other columns a key is set to itself. */
    static String merge(TableName target, List<Column> columns, List<Column> keys) {
        List<Column> others =
                columns.stream().filter(column -> !keys.contains(column)).toList();
        return "MERGE INTO " + quote(target) + "\n"
                + "USING " + CHANGES + "\n"
                + "ON " + and(keys, key -> quote(target) + "." + quote(key.name()) + " = " + changed(key)) + "\n"
                + "WHEN MATCHED THEN UPDATE SET "
                + list(
                        others.isEmpty() ? keys.subList(0, 1) : others,
                        column -> quote(column.name()) + " = " + changed(column))
                + "\n"
                + "WHEN NOT MATCHED THEN INSERT (" + names(columns) + ") VALUES (" + list(columns, Sql::changed) + ")";
    }

    private static String changed(Column column) {
        return CHANGES + "." + quote(column.name());
    }

    // ---- text

    static String quote(TableName table) {
        return quote(table.schema()) + "." + quote(table.table());
    }

    static String quote(String identifier) {
        return '"' + identifier.replace("\"", "\"\"") + '"';
    }

    /** Redshift reads a backslash in a literal as an escape, as PostgreSQL 8 did. */
    static String literal(String value) {
        return "'" + value.replace("\\", "\\\\").replace("'", "''") + "'";
    }

    private static List<String> stagedColumns(StagingTable table, List<Column> columns) {
        return table == StagingTable.REJECTED
                ? REJECTED_COLUMNS
                : Stream.concat(Stream.of(OBJECT, LINE), columns.stream().map(column -> quote(column.name())))
                        .toList();
    }

    private static String names(List<Column> columns) {
        return list(columns, column -> quote(column.name()));
    }

    private static String list(List<Column> columns, Function<Column, String> text) {
        return columns.stream().map(text).collect(joining(", "));
    }

    private static String and(List<Column> columns, Function<Column, String> text) {
        return columns.stream().map(text).collect(joining(" AND "));
    }
}
