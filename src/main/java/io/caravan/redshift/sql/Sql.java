package io.caravan.redshift.sql;

import static java.util.stream.Collectors.joining;

import io.caravan.model.feed.MergePlan;
import io.caravan.model.feed.MergePolicy.Duplicates;
import io.caravan.model.table.Column;
import io.caravan.model.table.TableName;
import io.caravan.spi.CopyTolerance;
import io.caravan.spi.StagingTable;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The SQL statements around staging, as text. Only what Redshift documents; identifiers are always quoted, values are always
 * parameters except in COPY, which takes none.
 *
 * @see <a href="https://docs.aws.amazon.com/redshift/latest/dg/r_COPY.html">COPY</a>
 */
public final class Sql {

    /** In UTC; Redshift's TIMESTAMP has no zone. */
    private static final DateTimeFormatter TIMESTAMP =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSS", Locale.ROOT).withZone(ZoneOffset.UTC);

    static final String OBJECT = "caravan_object";
    static final String LINE = "caravan_line";
    static final String RAW = MergePlan.RAW.name();

    static final String ROWS = StagingTable.ROWS.tableName();
    static final String OBJECTS = "caravan_objects";
    static final String CHANGES = "caravan_changes";

    static final String REJECTED = StagingTable.REJECTED.tableName();
    static final String REPLAYED = StagingTable.REPLAYED.tableName();
    static final String UNSEEN = StagingTable.UNSEEN.tableName();
    static final String SUPERSEDED = "caravan_superseded";

    /** RAW is a <a href="https://docs.aws.amazon.com/redshift/latest/dg/r_pg_keywords.html">reserved word</a>. */
    static final List<String> REJECTED_COLUMNS =
            List.of(OBJECT, LINE, "column_name", "error_code", "reason", "raw_record");

    private Sql() {}

    /** Asks nothing but whether anybody answers. */
    public static String probe() {
        return "SELECT 1";
    }

    public static String setTimeZone() {
        return "SET TIMEZONE TO 'UTC'";
    }

    // ---- staging

    /** The tables that a connection out of the pool may still have from its last load. */
    public static String dropStaging() {
        return Stream.of(ROWS, REJECTED, REPLAYED, UNSEEN, SUPERSEDED, OBJECTS, CHANGES)
                .collect(joining(", ", "DROP TABLE IF EXISTS ", ""));
    }

    public static String createRows(List<Column> columns) {
        return "CREATE TEMP TABLE " + ROWS + " (" + OBJECT + " INTEGER NOT NULL, " + LINE + " BIGINT NOT NULL, "
                + list(
                        columns,
                        column -> quote(column.name()) + " " + column.type().sql())
                + ")";
    }

    /** With the matching keys behind what the dead letters keep, where they are wanted; NULL where they could not be read. */
    public static String createRejected(List<Column> keys) {
        return "CREATE TEMP TABLE " + REJECTED + " (" + OBJECT + " INTEGER NOT NULL, " + LINE + " BIGINT NOT NULL, "
                + "column_name VARCHAR(512), error_code VARCHAR(64) NOT NULL, reason VARCHAR(2048) NOT NULL, "
                + "raw_record VARCHAR(65535) NOT NULL"
                + IntStream.range(0, keys.size())
                        .mapToObj(i ->
                                ", " + rejectedKey(i) + " " + keys.get(i).type().sql())
                        .collect(joining())
                + ")";
    }

    public static String createReplayed() {
        return "CREATE TEMP TABLE " + REPLAYED + " (" + OBJECT + " INTEGER NOT NULL, " + LINE + " BIGINT NOT NULL, "
                + "load_id VARCHAR(64) NOT NULL, position BIGINT NOT NULL)";
    }

    public static String createUnseen() {
        return "CREATE TEMP TABLE " + UNSEEN + " (" + OBJECT + " INTEGER NOT NULL, " + LINE + " BIGINT NOT NULL, "
                + "key_hash VARCHAR(32) NOT NULL)";
    }

    /**
     * Inserts a row.
     *
     * @param columns the staged columns of a row, or the keys of a rejected row
     */
    public static String insert(StagingTable table, List<Column> columns) {
        List<String> names = stagedColumns(table, columns);
        return "INSERT INTO " + table.tableName() + " (" + String.join(", ", names) + ") VALUES ("
                + names.stream().map(name -> "?").collect(joining(", ")) + ")";
    }

    /**
     * The data files' format is the one that {@link io.caravan.spi.DataFiles} names.
     *
     * @param columns as {@link #insert} has them
     * @see <a href="https://docs.aws.amazon.com/redshift/latest/dg/copy-parameters-data-load.html">MAXERROR</a>
     */
    public static String copy(
            StagingTable table,
            List<Column> columns,
            String manifest,
            String iamRole,
            String nullMarker,
            CopyTolerance tolerance) {
        return "COPY " + table.tableName() + " (" + String.join(", ", stagedColumns(table, columns)) + ")\n"
                + "FROM " + literal(manifest) + "\n"
                + "IAM_ROLE " + (iamRole.equals("default") ? iamRole : literal(iamRole)) + "\n"
                + "MANIFEST FORMAT CSV ZSTD NULL AS " + literal(nullMarker)
                + " DATEFORMAT 'auto' TIMEFORMAT 'auto' COMPUPDATE OFF STATUPDATE OFF" + tolerance(table, tolerance);
    }

    /**
     * Statistics of the staged rows, which neither INSERT nor our COPY makes.
     *
     * @see <a href="https://docs.aws.amazon.com/redshift/latest/dg/r_ANALYZE.html">ANALYZE</a>
     */
    public static String analyzeRows() {
        return "ANALYZE " + ROWS;
    }

    /** Rejected rows are for people: rather than be left out, what COPY refuses in them is replaced or cut. */
    private static String tolerance(StagingTable table, CopyTolerance tolerance) {
        if (tolerance == CopyTolerance.NONE) {
            return "";
        }
        if (table == StagingTable.REJECTED) {
            return " ACCEPTINVCHARS TRUNCATECOLUMNS";
        }
        return tolerance == CopyTolerance.SOME ? " MAXERROR 100000" : " IGNOREALLERRORS";
    }

    /**
     * By the names of the data files, which are those of one load: the query that pg_last_copy_id() names
     * <a href="https://docs.aws.amazon.com/redshift/latest/dg/cm_chap_system-tables.html">has another number in SYS views</a>.
     *
     * @see <a href="https://docs.aws.amazon.com/redshift/latest/dg/SYS_LOAD_ERROR_DETAIL.html">SYS_LOAD_ERROR_DETAIL</a>, which
     *     both kinds of Redshift have
     */
    public static String readRefused() {
        return "SELECT TRIM(file_name), line_number, TRIM(column_name), error_code, TRIM(error_message)"
                + " FROM sys_load_error_detail WHERE file_name LIKE ? ORDER BY file_name, line_number, position";
    }

    /** Returns what LIKE takes for all text that begins so. */
    public static String startingWith(String text) {
        return text.replaceAll("[\\\\%_]", "\\\\$0") + "%";
    }

    public static String readLines() {
        return "SELECT " + LINE + " FROM " + ROWS + " WHERE " + OBJECT + " = ?";
    }

    public static String deleteStagedFromRejected() {
        return "DELETE FROM " + REJECTED + " USING " + ROWS + "\n"
                + "WHERE " + REJECTED + "." + OBJECT + " = " + ROWS + "." + OBJECT
                + " AND " + REJECTED + "." + LINE + " = " + ROWS + "." + LINE;
    }

    public static String deleteObjects(StagingTable table, Collection<Integer> objects) {
        return "DELETE FROM " + table.tableName() + " WHERE " + OBJECT + " IN ("
                + objects.stream().sorted().map(String::valueOf).collect(joining(", ")) + ")";
    }

    public static String deleteRejectedAfter() {
        return "DELETE FROM " + REJECTED + " WHERE " + OBJECT + " = ? AND " + LINE + " > ?";
    }

    public static String count(StagingTable table) {
        return count(OBJECT, table);
    }

    /** Rows of both kinds that a load has, each behind the name of its table. */
    public static String countStaged() {
        return Stream.of(StagingTable.ROWS, StagingTable.REJECTED)
                .map(table -> count("CAST('" + table.name() + "' AS VARCHAR(16)), " + OBJECT, table))
                .collect(joining("\nUNION ALL\n"));
    }

    private static String count(String by, StagingTable table) {
        return "SELECT " + by + ", COUNT(*) FROM " + table.tableName() + " GROUP BY " + OBJECT;
    }

    // ---- one row for each key

    /** The winner is the row with the greatest value, if a column says so; of equals the last one, or the first. */
    public static String createSuperseded(MergePlan plan) {
        String order = plan.policy().duplicates() == Duplicates.FIRST ? "" : " DESC";
        String sequence = plan.sequenceColumn()
                .map(column -> quote(column.name()) + " DESC, ")
                .orElse("");
        String kept = OBJECT + ", " + LINE + (plan.keepsRaw() ? ", " + RAW : "");
        return "CREATE TEMP TABLE " + SUPERSEDED + " AS SELECT " + kept + "\n"
                + "FROM (SELECT " + kept + ", ROW_NUMBER() OVER (PARTITION BY " + names(plan.keys())
                + " ORDER BY " + sequence + OBJECT + order + ", " + LINE + order + ") AS caravan_rank FROM " + ROWS
                + ") AS ranked\n"
                + "WHERE caravan_rank > 1";
    }

    public static String countSuperseded() {
        return "SELECT " + OBJECT + ", COUNT(*) FROM " + SUPERSEDED + " GROUP BY " + OBJECT;
    }

    public static String deleteSuperseded() {
        return "DELETE FROM " + ROWS + " USING " + SUPERSEDED + "\n"
                + "WHERE " + ROWS + "." + OBJECT + " = " + SUPERSEDED + "." + OBJECT
                + " AND " + ROWS + "." + LINE + " = " + SUPERSEDED + "." + LINE;
    }

    /** Objects in which two rows share their keys. */
    public static String findRepeatedKeys(MergePlan plan) {
        return "SELECT " + OBJECT + ", COUNT(*) FROM (SELECT " + OBJECT + " FROM " + ROWS + " GROUP BY " + OBJECT + ", "
                + names(plan.keys()) + " HAVING COUNT(*) > 1) AS repeated GROUP BY " + OBJECT;
    }

    // ---- where rows come from

    public static String createObjects() {
        return "CREATE TEMP TABLE " + OBJECTS + " (" + OBJECT + " INTEGER NOT NULL, object_key VARCHAR(4096) NOT NULL)";
    }

    public static String insertObject() {
        return "INSERT INTO " + OBJECTS + " (" + OBJECT + ", object_key) VALUES (?, ?)";
    }

    // ---- the target

    public static String countTarget(TableName target) {
        return "SELECT COUNT(*) FROM " + quote(target);
    }

    /** Says whether there is a row, without reading all of them. */
    public static String countFirst(TableName target) {
        return "SELECT COUNT(*) FROM (SELECT 1 AS one FROM " + quote(target) + " LIMIT 1) AS first_row";
    }

    /** Times as text, since the driver would give them as Java does. */
    public static String readRows(TableName target, List<Column> columns) {
        return "SELECT "
                + list(columns, column -> switch (column.type().kind()) {
                    case DATE, TIMESTAMP, TIMESTAMPTZ -> "CAST(" + quote(column.name()) + " AS VARCHAR)";
                    case BOOLEAN ->
                        "CASE WHEN " + quote(column.name()) + " THEN 'true' WHEN NOT " + quote(column.name())
                                + " THEN 'false' END";
                    default -> quote(column.name());
                })
                + " FROM " + quote(target);
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

    /** Returns a time as a TIMESTAMP, which has no zone, in UTC. */
    static String timestamp(Instant instant) {
        return "CAST('" + time(instant) + "' AS TIMESTAMP)";
    }

    /** Returns the text of a TIMESTAMP, in UTC. */
    public static String time(Instant instant) {
        return TIMESTAMP.format(instant);
    }

    private static List<String> stagedColumns(StagingTable table, List<Column> columns) {
        return switch (table) {
            case ROWS ->
                Stream.concat(Stream.of(OBJECT, LINE), columns.stream().map(column -> quote(column.name())))
                        .toList();
            case REJECTED ->
                Stream.concat(
                                REJECTED_COLUMNS.stream(),
                                IntStream.range(0, columns.size()).mapToObj(Sql::rejectedKey))
                        .toList();
            case REPLAYED -> List.of(OBJECT, LINE, "load_id", "position");
            case UNSEEN -> List.of(OBJECT, LINE, "key_hash");
        };
    }

    /** The names of keys could be those of other columns of the table. */
    static String rejectedKey(int index) {
        return "key_" + (index + 1);
    }

    static String names(List<Column> columns) {
        return list(columns, column -> quote(column.name()));
    }

    static String list(List<Column> columns, Function<Column, String> text) {
        return columns.stream().map(text).collect(joining(", "));
    }

    static String and(List<Column> columns, Function<Column, String> text) {
        return columns.stream().map(text).collect(joining(" AND "));
    }
}
