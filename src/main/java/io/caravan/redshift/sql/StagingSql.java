package io.caravan.redshift.sql;

import static io.caravan.redshift.sql.SqlText.list;
import static io.caravan.redshift.sql.SqlText.quote;
import static java.util.stream.Collectors.joining;

import io.caravan.model.feed.MergePlan;
import io.caravan.model.table.Column;
import io.caravan.spi.StagingTable;
import java.util.Collection;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The SQL statements about the staging tables, as text. Only what Redshift documents; identifiers are always quoted, values are
 * always parameters.
 */
public final class StagingSql {

    static final String OBJECT = "caravan_object";
    static final String LINE = "caravan_line";
    static final String RAW = MergePlan.RAW.name();

    static final String ROWS = StagingTable.ROWS.tableName();
    static final String OBJECTS = "caravan_objects";
    static final String CHANGES = "caravan_changes";

    static final String REJECTED = StagingTable.REJECTED.tableName();
    static final String REPLAYED = StagingTable.REPLAYED.tableName();
    static final String UNSEEN = StagingTable.UNSEEN.tableName();
    static final String REPAIRED = StagingTable.REPAIRED.tableName();
    static final String SUPERSEDED = "caravan_superseded";

    /** RAW is a <a href="https://docs.aws.amazon.com/redshift/latest/dg/r_pg_keywords.html">reserved word</a>. */
    static final List<String> REJECTED_COLUMNS =
            List.of(OBJECT, LINE, "column_name", "error_code", "reason", "raw_record");

    static final List<String> REPAIRED_COLUMNS = List.of("column_name", "repair", "original_value");

    private StagingSql() {}

    /** The tables that a connection out of the pool may still have from its last load. */
    public static String dropStaging() {
        return Stream.of(ROWS, REJECTED, REPLAYED, UNSEEN, REPAIRED, SUPERSEDED, OBJECTS, CHANGES)
                .collect(joining(", ", "DROP TABLE IF EXISTS ", ""));
    }

    public static String dropChanges() {
        return "DROP TABLE " + CHANGES;
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

    public static String createRepaired() {
        return "CREATE TEMP TABLE " + REPAIRED + " (" + OBJECT + " INTEGER NOT NULL, " + LINE + " BIGINT NOT NULL, "
                + "column_name VARCHAR(512) NOT NULL, repair VARCHAR(16) NOT NULL, original_value VARCHAR(1024) NOT NULL)";
    }

    /**
     * Inserts a row.
     *
     * @param columns the staged columns of a row, or the keys of a rejected row
     */
    public static String insert(StagingTable table, List<Column> columns) {
        List<String> names = stagedColumns(table, columns);
        int own = table == StagingTable.ROWS ? names.size() - columns.size() : names.size();
        return "INSERT INTO " + table.tableName() + " (" + String.join(", ", names) + ") VALUES ("
                + IntStream.range(0, names.size())
                        .mapToObj(i -> i < own ? "?" : placeholder(columns.get(i - own)))
                        .collect(joining(", "))
                + ")";
    }

    /**
     * A text would be one string of a SUPER, and the characters of a VARBYTE.
     *
     * @see <a href="https://docs.aws.amazon.com/redshift/latest/dg/JSON_PARSE.html">JSON_PARSE</a>
     * @see <a href="https://docs.aws.amazon.com/redshift/latest/dg/r_FROM_HEX.html">FROM_HEX</a>
     */
    private static String placeholder(Column column) {
        return switch (column.type().kind()) {
            case SUPER -> "JSON_PARSE(?)";
            case VARBYTE -> "FROM_HEX(?)";
            default -> "?";
        };
    }

    /**
     * Statistics of the staged rows, which neither INSERT nor our COPY makes.
     *
     * @see <a href="https://docs.aws.amazon.com/redshift/latest/dg/r_ANALYZE.html">ANALYZE</a>
     */
    public static String analyzeRows() {
        return "ANALYZE " + ROWS;
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
        return "SELECT " + OBJECT + ", COUNT(*) FROM " + table.tableName() + " GROUP BY " + OBJECT;
    }

    static List<String> stagedColumns(StagingTable table, List<Column> columns) {
        return switch (table) {
            case ROWS ->
                Stream.concat(Stream.of(OBJECT, LINE), columns.stream().map(column -> quote(column.name())))
                        .toList();
            case REJECTED ->
                Stream.concat(
                                REJECTED_COLUMNS.stream(),
                                IntStream.range(0, columns.size()).mapToObj(StagingSql::rejectedKey))
                        .toList();
            case REPLAYED -> List.of(OBJECT, LINE, "load_id", "position");
            case UNSEEN -> List.of(OBJECT, LINE, "key_hash");
            case REPAIRED ->
                Stream.concat(Stream.of(OBJECT, LINE), REPAIRED_COLUMNS.stream())
                        .toList();
        };
    }

    /** The names of keys could be those of other columns of the table. */
    static String rejectedKey(int index) {
        return "key_" + (index + 1);
    }
}
