package io.caravan.redshift.sql;

import static io.caravan.redshift.sql.StagingSql.LINE;
import static io.caravan.redshift.sql.StagingSql.OBJECT;
import static java.util.stream.Collectors.joining;

import io.caravan.model.feed.ObjectOrder;
import io.caravan.model.ledger.LedgerMark;
import io.caravan.model.table.TableName;
import io.caravan.spi.StagingTable;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import java.util.zip.CRC32;

/**
 * Every SQL statement about the ledger, as text. The tables live in the schema {@code caravan}.
 *
 * <p>Each target has an objects table of its own, since Redshift finds conflicts and takes locks by table. Its rows name
 * the target all the same, so that two targets whose names fold into one table name stay apart.
 */
public final class LedgerSql {

    public static final String SCHEMA = "caravan";
    public static final String LOADS = "caravan.loads";
    public static final String DEAD_LETTERS = "caravan.dead_letters";
    public static final String SUPERSEDED_ROWS = "caravan.superseded_rows";
    public static final String REPAIRED_VALUES = "caravan.repaired_values";
    public static final String UNSENT_DEAD_LETTERS = "caravan.unsent_dead_letters";
    public static final String UNSENT_EVENTS = "caravan.unsent_events";
    public static final String UNTIDIED_LOADS = "caravan.untidied_loads";
    public static final String OBJECTS = "caravan.objects";
    public static final String TARGETS = "caravan.targets";
    public static final String ACTS = "caravan.acts";
    public static final String OBJECTS_PREFIX = "objects_";

    /** The column with the hash of an object's bytes. */
    public static final String HASH = "content_sha256";

    /** PostgreSQL's limit; Redshift's is 127 bytes. */
    private static final int MAX_NAME_BYTES = 63;

    private static final String VERSION = "bucket, object_key, etag, size_bytes, last_modified";

    /** Definitions of the columns that count rows, of an object or of a load. */
    private static final List<String> ROW_COUNTS = Stream.of(
                    "read", "inserted", "updated", "unchanged", "deleted", "stale", "superseded", "rejected")
            .map(count -> "rows_" + count + " BIGINT NOT NULL")
            .toList();

    /** Which columns a later release has brought: the tables of an earlier one lack them. */
    private static final List<String> ADDED_OBJECT_COLUMNS =
            List.of("content_sha256 VARCHAR(64)", "same_content_as VARCHAR(4096)");

    private static final List<String> OBJECT_COLUMNS = Stream.of(
                    Stream.of(
                            "position BIGINT NOT NULL",
                            "load_id VARCHAR(64) NOT NULL",
                            "feed VARCHAR(512) NOT NULL",
                            "target VARCHAR(512) NOT NULL",
                            "bucket VARCHAR(255) NOT NULL",
                            "object_key VARCHAR(4096) NOT NULL",
                            "version_id VARCHAR(1024)",
                            "etag VARCHAR(255) NOT NULL",
                            "size_bytes BIGINT NOT NULL",
                            "last_modified TIMESTAMP NOT NULL",
                            "outcome VARCHAR(16) NOT NULL"),
                    ROW_COUNTS.stream(),
                    Stream.of(
                            "error_code VARCHAR(64)",
                            "error VARCHAR(4096)",
                            "recorded_at TIMESTAMP NOT NULL",
                            "header VARCHAR(65535)"),
                    // At the end: a view can only be replaced by one that has more columns behind its own.
                    ADDED_OBJECT_COLUMNS.stream())
            .flatMap(definitions -> definitions)
            .toList();

    private static final List<String> LOAD_COLUMNS = Stream.of(
                    Stream.of(
                            "load_id VARCHAR(64) NOT NULL",
                            "feed VARCHAR(512) NOT NULL",
                            "target VARCHAR(512) NOT NULL",
                            "started_at TIMESTAMP NOT NULL",
                            "ended_at TIMESTAMP NOT NULL",
                            "outcome VARCHAR(16) NOT NULL",
                            "objects BIGINT NOT NULL"),
                    ROW_COUNTS.stream(),
                    Stream.of(
                            "reading_ms BIGINT NOT NULL",
                            "staging_ms BIGINT NOT NULL",
                            "merging_ms BIGINT NOT NULL",
                            "error_code VARCHAR(64)",
                            "error VARCHAR(4096)"))
            .flatMap(definitions -> definitions)
            .toList();

    private static final List<String> DEAD_LETTER_COLUMNS = List.of(
            "load_id VARCHAR(64) NOT NULL",
            "feed VARCHAR(512) NOT NULL",
            "bucket VARCHAR(255) NOT NULL",
            "object_key VARCHAR(4096) NOT NULL",
            "etag VARCHAR(255) NOT NULL",
            "position BIGINT NOT NULL",
            "line_number BIGINT NOT NULL",
            "column_name VARCHAR(512)",
            "error_code VARCHAR(64) NOT NULL",
            "reason VARCHAR(2048) NOT NULL",
            "raw_record VARCHAR(65535) NOT NULL",
            "status VARCHAR(16) NOT NULL",
            "replayed_by VARCHAR(64)");

    private static final List<String> SUPERSEDED_ROW_COLUMNS = List.of(
            "load_id VARCHAR(64) NOT NULL",
            "feed VARCHAR(512) NOT NULL",
            "bucket VARCHAR(255) NOT NULL",
            "object_key VARCHAR(4096) NOT NULL",
            "etag VARCHAR(255) NOT NULL",
            "line_number BIGINT NOT NULL",
            "raw_record VARCHAR(65535)");

    private static final List<String> REPAIRED_VALUE_COLUMNS = List.of(
            "load_id VARCHAR(64) NOT NULL",
            "feed VARCHAR(512) NOT NULL",
            "bucket VARCHAR(255) NOT NULL",
            "object_key VARCHAR(4096) NOT NULL",
            "etag VARCHAR(255) NOT NULL",
            "position BIGINT NOT NULL",
            "line_number BIGINT NOT NULL",
            "column_name VARCHAR(512) NOT NULL",
            "repair VARCHAR(16) NOT NULL",
            "original_value VARCHAR(1024) NOT NULL");

    /** Says of which loads the dead letters, or the events, are still to be sent, or the objects still to be tidied. */
    private static final List<String> UNSENT_COLUMNS =
            List.of("load_id VARCHAR(64) NOT NULL", "feed VARCHAR(512) NOT NULL", "recorded_at TIMESTAMP NOT NULL");

    /** Says who has done what with dead letters and objects. */
    private static final List<String> ACT_COLUMNS = List.of(
            "kind VARCHAR(16) NOT NULL",
            "feed VARCHAR(512)",
            "done_by VARCHAR(256) NOT NULL",
            "done_at TIMESTAMP NOT NULL",
            "things BIGINT NOT NULL",
            "what VARCHAR(4096) NOT NULL");

    /** Says which objects table is whose. */
    private static final List<String> TARGET_COLUMNS =
            List.of("target VARCHAR(512) NOT NULL", "objects_table VARCHAR(127) NOT NULL");

    private LedgerSql() {}

    public static String createSchema() {
        return "CREATE SCHEMA IF NOT EXISTS " + SCHEMA;
    }

    /** Returns what creates the tables that all targets share, by their names without the schema, in their order. */
    public static Map<String, String> createShared() {
        Map<String, String> statements = new LinkedHashMap<>();
        put(statements, LOADS, LOAD_COLUMNS);
        put(statements, DEAD_LETTERS, DEAD_LETTER_COLUMNS);
        put(statements, SUPERSEDED_ROWS, SUPERSEDED_ROW_COLUMNS);
        put(statements, REPAIRED_VALUES, REPAIRED_VALUE_COLUMNS);
        put(statements, UNSENT_DEAD_LETTERS, UNSENT_COLUMNS);
        put(statements, UNSENT_EVENTS, UNSENT_COLUMNS);
        put(statements, UNTIDIED_LOADS, UNSENT_COLUMNS);
        put(statements, TARGETS, TARGET_COLUMNS);
        return statements;
    }

    private static void put(Map<String, String> statements, String table, List<String> columns) {
        statements.put(table.substring(SCHEMA.length() + 1), create(table, columns));
    }

    /** Creates the table of acts, which is there from the first of them on: no load needs it. */
    public static String createActs() {
        return create(ACTS, ACT_COLUMNS);
    }

    public static String insertAct() {
        return insert(ACTS, ACT_COLUMNS);
    }

    /** Shows acts, the last one first. */
    public static String readActs(int limit) {
        return "SELECT " + String.join(", ", names(ACT_COLUMNS)) + " FROM " + ACTS + " ORDER BY done_at DESC LIMIT "
                + limit;
    }

    public static String createObjects(TableName target) {
        return create(objects(target), OBJECT_COLUMNS);
    }

    /** Finds the tables of the ledger's schema. */
    public static String findTables() {
        return "SELECT c.relname FROM pg_catalog.pg_class AS c INNER JOIN pg_catalog.pg_namespace AS n"
                + " ON n.oid = c.relnamespace\nWHERE n.nspname = '" + SCHEMA
                + "' AND c.relkind = 'r' ORDER BY c.relname";
    }

    /** Finds the existing ones of the columns that a later release has added. */
    public static String findAddedColumns() {
        return "SELECT c.relname, a.attname FROM pg_catalog.pg_class AS c INNER JOIN pg_catalog.pg_namespace AS n"
                + " ON n.oid = c.relnamespace\nINNER JOIN pg_catalog.pg_attribute AS a ON a.attrelid = c.oid\n"
                + "WHERE n.nspname = '" + SCHEMA + "' AND c.relkind = 'r' AND a.attname IN ('"
                + String.join("', '", names(ADDED_OBJECT_COLUMNS))
                + "') AND NOT a.attisdropped ORDER BY c.relname, a.attname";
    }

    /**
     * Finds the parts of a target's ledger: each column of its own table, with the comment that says the version and whether the
     * user owns it, and the first column of those that all targets share. The name is a literal, for the index.
     */
    public static String findParts(TableName target) {
        return "SELECT c.relname, a.attname, d.description, pg_catalog.pg_get_userbyid(c.relowner) = current_user"
                + " FROM pg_catalog.pg_class AS c INNER JOIN pg_catalog.pg_namespace AS n"
                + " ON n.oid = c.relnamespace INNER JOIN pg_catalog.pg_attribute AS a ON a.attrelid = c.oid"
                + " LEFT JOIN pg_catalog.pg_description AS d ON d.objoid = c.oid AND d.objsubid = 0 AND STRPOS(d.description, '"
                + LedgerVersion.TITLE + "') = 1\n"
                + "WHERE n.nspname = '" + SCHEMA
                + "' AND c.relkind = 'r' AND a.attnum > 0 AND NOT a.attisdropped AND (c.relname = "
                + SqlText.literal(objectsTable(target)) + " OR a.attnum = 1)";
    }

    /** Has a target's objects table say that it is of this release. */
    public static String sayVersion(TableName target) {
        return "COMMENT ON TABLE " + objects(target) + " IS '" + LedgerVersion.CURRENT.comment() + "'";
    }

    /**
     * Counts the objects tables that the view over them does not show. The limit has the text of the view, which grows with the
     * targets, made once, and not once for each table.
     */
    public static String countUnshown() {
        return "SELECT COUNT(*) FROM pg_catalog.pg_class AS c INNER JOIN pg_catalog.pg_namespace AS n"
                + " ON n.oid = c.relnamespace LEFT JOIN (SELECT definition FROM pg_catalog.pg_views WHERE schemaname = '"
                + SCHEMA + "' AND viewname = 'objects' LIMIT 1) AS v"
                + " ON STRPOS(v.definition, CAST(c.relname AS VARCHAR(127))) > 0\n"
                + "WHERE n.nspname = '" + SCHEMA + "' AND c.relkind = 'r' AND STRPOS(CAST(c.relname AS VARCHAR(127)), '"
                + OBJECTS_PREFIX + "') = 1 AND v.definition IS NULL";
    }

    /** Returns what gives a target's objects table the columns that it lacks; Redshift adds one at a time. */
    public static List<String> addObjectColumns(TableName target, Set<String> there) {
        return ADDED_OBJECT_COLUMNS.stream()
                .filter(definition -> !there.contains(name(definition)))
                .map(definition -> "ALTER TABLE " + objects(target) + " ADD COLUMN " + definition)
                .toList();
    }

    /** Ends each later statement of the session that takes longer, and counts the time that it waits for locks. */
    public static String limitStatements(Duration most) {
        return "SET statement_timeout TO " + most.toMillis();
    }

    /**
     * A view over all objects tables; late-binding, so that it holds no lock on any of them.
     *
     * @param tables as {@link #allObjects} takes them
     */
    public static String createObjectsView(Map<String, Set<String>> tables) {
        return "CREATE OR REPLACE VIEW " + OBJECTS + " AS\n" + allObjects(tables) + "\nWITH NO SCHEMA BINDING";
    }

    /**
     * Shows all objects tables as one.
     *
     * @param tables their names without the schema, with the columns that a later release has brought and they have
     */
    public static String allObjects(Map<String, Set<String>> tables) {
        return tables.entrySet().stream()
                .map(table -> "SELECT " + selected(table.getValue()) + " FROM " + SCHEMA + "."
                        + SqlText.quote(table.getKey()))
                .collect(joining("\nUNION ALL\n"));
    }

    private static String selected(Set<String> there) {
        return OBJECT_COLUMNS.stream()
                .map(definition -> ADDED_OBJECT_COLUMNS.contains(definition) && !there.contains(name(definition))
                        ? "CAST(NULL AS " + definition.substring(definition.indexOf(' ') + 1) + ") AS "
                                + name(definition)
                        : name(definition))
                .collect(joining(", "));
    }

    /** Returns the name of a target's objects table, with its schema. */
    static String objects(TableName target) {
        return SCHEMA + "." + SqlText.quote(objectsTable(target));
    }

    /** Returns the name of a target's objects table; one that would be too long is cut and told apart by a checksum. */
    public static String objectsTable(TableName target) {
        String name = OBJECTS_PREFIX + target.schema() + "_" + target.table();
        byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
        if (bytes.length <= MAX_NAME_BYTES) {
            return name;
        }
        CRC32 checksum = new CRC32();
        checksum.update(bytes);
        String suffix = "_" + Long.toHexString(checksum.getValue());
        StringBuilder cut = new StringBuilder(name);
        while (cut.toString().getBytes(StandardCharsets.UTF_8).length > MAX_NAME_BYTES - suffix.length()) {
            cut.setLength(cut.offsetByCodePoints(cut.length(), -1));
        }
        return cut + suffix;
    }

    /** Returns the names of the columns that count rows. */
    static List<String> rowCounts() {
        return names(ROW_COUNTS);
    }

    /** LOCK is the transaction's first statement: Redshift takes the snapshot with the next one. */
    public static String lock(TableName target) {
        return "LOCK TABLE " + objects(target);
    }

    /** Loads never touch this table, so that who holds it can wait for them. */
    public static String lockTargets() {
        return "LOCK TABLE " + TARGETS;
    }

    public static String insertTarget() {
        return insert(TARGETS, TARGET_COLUMNS);
    }

    /**
     * Shows the entries after a position.
     *
     * @param hasHashes whether the table has hashes of the objects; that of an earlier release may not have them
     */
    public static String readAfter(TableName target, boolean hasHashes) {
        return "SELECT position, size_bytes, feed, bucket, object_key, etag, last_modified, outcome, "
                + (hasHashes ? "LEFT(content_sha256, " + LedgerMark.CONTENT_DIGITS + ")" : "CAST(NULL AS VARCHAR(64))")
                + " FROM "
                + objects(target) + " WHERE target = ? AND position > ? ORDER BY position";
    }

    public static String lastPosition(TableName target) {
        return "SELECT COALESCE(MAX(position), 0) FROM " + objects(target) + " WHERE target = ?";
    }

    /** Finds the loaded object that comes last in an order. */
    public static String newest(TableName target, Where loaded, ObjectOrder order) {
        return "SELECT " + VERSION + " FROM " + objects(target) + loaded + " ORDER BY "
                + switch (order) {
                    case TIME -> "last_modified DESC, object_key DESC";
                    case KEY -> "object_key DESC";
                }
                + " LIMIT 1";
    }

    /** Shows of each of some objects what was loaded last, unless something else became of it since. */
    public static String lastLoaded(TableName target, Where ofKeys) {
        return "SELECT " + VERSION + ", content_sha256 FROM (SELECT " + VERSION
                + ", content_sha256, outcome, ROW_NUMBER() OVER (PARTITION BY bucket, object_key ORDER BY position DESC)"
                + " AS caravan_rank FROM " + objects(target) + ofKeys
                + ") AS ranked WHERE caravan_rank = 1 AND outcome IN ('loaded', 'unchanged')";
    }

    /** Shows the objects that were loaded, the last one first. */
    public static String loaded(TableName target, Where where) {
        return "SELECT " + VERSION + ", content_sha256 FROM " + objects(target) + where + " ORDER BY position DESC";
    }

    public static String isCommitted(TableName target) {
        return "SELECT COUNT(*) FROM " + objects(target) + " WHERE load_id = ?";
    }

    public static String readEndedLoads() {
        return "SELECT load_id FROM " + LOADS + " WHERE load_id >= ? ORDER BY load_id";
    }

    public static String insertObject(TableName target) {
        return insert(objects(target), OBJECT_COLUMNS);
    }

    public static String insertLoad() {
        return insert(LOADS, LOAD_COLUMNS);
    }

    /** Writes the load only if its target has so many rows, by the last parameter; so the count is no statement of its own. */
    public static String insertLoadIf(TableName target) {
        return "INSERT INTO " + LOADS + " (" + String.join(", ", names(LOAD_COLUMNS)) + ")\nSELECT "
                + LOAD_COLUMNS.stream()
                        .map(column -> "CAST(? AS " + type(column) + ")")
                        .collect(joining(", "))
                + "\nFROM (SELECT COUNT(*) AS target_rows FROM " + SqlText.quote(target)
                + ") AS counted WHERE target_rows = CAST(? AS BIGINT)";
    }

    public static String insertDeadLetters() {
        return "INSERT INTO " + DEAD_LETTERS + " (load_id, feed, bucket, object_key, etag, position, line_number,"
                + " column_name, error_code, reason, raw_record, status)\n"
                + "SELECT CAST(? AS VARCHAR(64)), CAST(? AS VARCHAR(512)), CAST(? AS VARCHAR(255)),"
                + " CAST(? AS VARCHAR(4096)), CAST(? AS VARCHAR(255)), CAST(? AS BIGINT), " + LINE
                + ", column_name, error_code, reason, raw_record, 'open'\n"
                + "FROM " + StagingTable.REJECTED.tableName() + " WHERE " + OBJECT + " = ?";
    }

    /** A row that the warehouse has refused, or that was held back, is a dead letter, and has no repaired values. */
    public static String insertRepairedValues() {
        return "INSERT INTO " + REPAIRED_VALUES + " (" + String.join(", ", names(REPAIRED_VALUE_COLUMNS)) + ")\n"
                + "SELECT CAST(? AS VARCHAR(64)), CAST(? AS VARCHAR(512)), CAST(? AS VARCHAR(255)),"
                + " CAST(? AS VARCHAR(4096)), CAST(? AS VARCHAR(255)), CAST(? AS BIGINT), " + LINE + ", "
                + String.join(", ", StagingSql.REPAIRED_COLUMNS) + "\n"
                + "FROM " + StagingTable.REPAIRED.tableName() + " WHERE " + OBJECT + " = ? AND " + LINE
                + " NOT IN (SELECT "
                + LINE + " FROM " + StagingTable.REJECTED.tableName() + " WHERE " + OBJECT + " = ?)";
    }

    public static String insertSupersededRows() {
        return "INSERT INTO " + SUPERSEDED_ROWS + " (" + String.join(", ", names(SUPERSEDED_ROW_COLUMNS)) + ")\n"
                + "SELECT CAST(? AS VARCHAR(64)), CAST(? AS VARCHAR(512)), CAST(? AS VARCHAR(255)),"
                + " CAST(? AS VARCHAR(4096)), CAST(? AS VARCHAR(255)), " + LINE + ", " + StagingSql.RAW + "\n"
                + "FROM " + StagingSql.SUPERSEDED + " WHERE " + OBJECT + " = ?";
    }

    /**
     * Notes that something of a load is to be sent.
     *
     * @param table says what
     */
    public static String insertUnsent(String table) {
        return insert(table, UNSENT_COLUMNS);
    }

    public static String readUnsent(String table) {
        return "SELECT load_id, feed FROM " + table + " ORDER BY recorded_at, load_id";
    }

    public static String deleteUnsent(String table) {
        return "DELETE FROM " + table + " WHERE load_id = ?";
    }

    private static String create(String table, List<String> definitions) {
        return "CREATE TABLE IF NOT EXISTS " + table + " (\n  " + String.join(",\n  ", definitions) + "\n)";
    }

    private static String insert(String table, List<String> definitions) {
        return "INSERT INTO " + table + " (" + String.join(", ", names(definitions)) + ") VALUES ("
                + definitions.stream().map(column -> "?").collect(joining(", ")) + ")";
    }

    private static List<String> names(List<String> definitions) {
        return definitions.stream().map(LedgerSql::name).toList();
    }

    private static String type(String definition) {
        return definition.substring(definition.indexOf(' ') + 1).replace(" NOT NULL", "");
    }

    private static String name(String definition) {
        return definition.substring(0, definition.indexOf(' '));
    }
}
