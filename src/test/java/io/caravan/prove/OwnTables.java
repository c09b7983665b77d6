package io.caravan.prove;

import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The tables that the statements of Caravan's speak of, in the schema of the ground. */
final class OwnTables {

    private static final String COLUMNS =
            "\"id\" BIGINT, \"small\" SMALLINT, \"whole\" INTEGER, \"total\" DECIMAL(8,2),"
                    + " \"share\" DECIMAL(19,19), \"units\" DECIMAL(19,0), \"weight\" REAL, \"height\" DOUBLE PRECISION, \"gone\""
                    + " BOOLEAN, \"day\" DATE, \"at\" TIMESTAMP, \"at_utc\" TIMESTAMPTZ, \"code\" CHAR(3), \"note\" VARCHAR(20),"
                    + " \"name\" VARCHAR(20)";

    private static final String PROVENANCE =
            "\"load_id\" VARCHAR(64), \"object_key\" VARCHAR(4096), \"line\" BIGINT, \"loaded_at\" TIMESTAMP";

    private static final String STAGED = "caravan_object INTEGER NOT NULL, caravan_line BIGINT NOT NULL, ";

    /** As many as the statements with many columns have. */
    private static final int NUMBERED = 120;

    private final String schema;

    OwnTables(String schema) {
        this.schema = schema;
    }

    /** Returns whether a statement makes a table that others need; it is carried out before them, and kept. */
    boolean keeps(Texts.Own own) {
        return (own.title().startsWith("LedgerSql.create") && !own.title().equals("LedgerSql.createObjectsView"))
                || own.title().equals("ReplicaSql.create");
    }

    /** Returns a statement as it is about the tables of this schema. */
    String here(Texts.Own own) {
        String sql = own.sql()
                .replaceAll("\\bcaravan\\.(?=[\"a-z])", schema + ".")
                .replace("'caravan'", "'" + schema + "'")
                .replace("SCHEMA IF NOT EXISTS caravan", "SCHEMA IF NOT EXISTS " + schema)
                .replace("\"sales\".", schema + ".")
                .replace("'sales'", "'" + schema + "'");
        if (own.title().startsWith("TableSql.create")) {
            return sql.replace("\"orders\"", "\"created\"");
        }
        if (own.title().equals("TableSql.retype") && sql.startsWith("UPDATE ")) {
            return sql.replace("\"orders\"", "\"copied\"");
        }
        if (own.title().equals("TableSql.retype") && sql.contains(" RENAME ")) {
            return sql.replace("\"orders\"", "\"renamed\"");
        }
        if (own.title().startsWith("TableSql.")) {
            return sql.replace("\"orders\"", "\"narrow\"");
        }
        return own.title().equals("LedgerSql.addObjectColumns")
                ? sql.replace("\"objects_sales_orders\"", "\"objects_b\"")
                : sql;
    }

    /** Returns what makes the tables that no statement of Caravan's makes, or makes with other columns each time. */
    String[] create() {
        String numbered = IntStream.rangeClosed(1, NUMBERED)
                .mapToObj(i -> "\"c" + i + "\" BIGINT")
                .collect(Collectors.joining(", "));
        String fields = IntStream.rangeClosed(1, 15)
                .mapToObj(i -> "\"f" + i + "\" VARCHAR(65535)")
                .collect(Collectors.joining(", "));
        String objects =
                "position BIGINT, load_id VARCHAR(64), feed VARCHAR(512), target VARCHAR(512), bucket VARCHAR(255),"
                        + " object_key VARCHAR(4096), version_id VARCHAR(1024), etag VARCHAR(255), size_bytes BIGINT, last_modified"
                        + " TIMESTAMP, outcome VARCHAR(16), rows_read BIGINT, rows_inserted BIGINT, rows_updated BIGINT, rows_unchanged"
                        + " BIGINT, rows_deleted BIGINT, rows_stale BIGINT, rows_superseded BIGINT, rows_rejected BIGINT, error_code"
                        + " VARCHAR(64), error VARCHAR(4096), recorded_at TIMESTAMP, header VARCHAR(65535)";
        return new String[] {
            "CREATE TABLE " + schema + ".orders (" + COLUMNS + ", " + PROVENANCE
                    + ", \"gone_at\" TIMESTAMP, \"valid_from\""
                    + " TIMESTAMP, \"valid_to\" TIMESTAMP, \"is_current\" BOOLEAN, \"opens\" TIME, \"closes\" TIMETZ, "
                    + numbered + ")",
            "CREATE TABLE " + schema + ".narrow (\"id\" BIGINT, \"note\" VARCHAR(100))",
            // What the steps leave by which a column gets another type.
            "CREATE TABLE " + schema + ".copied (\"note\" VARCHAR(100), \"note_wider\" VARCHAR(200))",
            "CREATE TABLE " + schema + ".renamed (\"note_wider\" VARCHAR(200))",
            "CREATE TABLE " + schema + ".objects_a (" + objects + ", content_sha256 VARCHAR(64), same_content_as"
                    + " VARCHAR(4096))",
            "CREATE TABLE " + schema + ".objects_b (" + objects + ")",
            "CREATE TEMP TABLE caravan_rows (" + STAGED + COLUMNS + ", caravan_raw VARCHAR(65535), caravan_change"
                    + " VARCHAR(1))",
            "CREATE TEMP TABLE caravan_changes (" + STAGED + COLUMNS + ", " + PROVENANCE
                    + ", caravan_raw VARCHAR(65535)," + " caravan_action INTEGER, caravan_matches BIGINT)",
            "CREATE TEMP TABLE caravan_rejected (" + STAGED + "column_name VARCHAR(512), error_code VARCHAR(64), reason"
                    + " VARCHAR(2048), raw_record VARCHAR(65535), key_1 BIGINT, key_2 DATE)",
            "CREATE TEMP TABLE caravan_repaired (" + STAGED
                    + "column_name VARCHAR(512), repair VARCHAR(16), original_value VARCHAR(1024))",
            "CREATE TEMP TABLE caravan_superseded (" + STAGED + "caravan_raw VARCHAR(65535))",
            "CREATE TEMP TABLE caravan_replayed (" + STAGED + "load_id VARCHAR(64), position BIGINT)",
            "CREATE TEMP TABLE caravan_unseen (" + STAGED + "key_hash VARCHAR(32))",
            "CREATE TEMP TABLE caravan_objects (caravan_object INTEGER, object_key VARCHAR(4096))",
            "CREATE TEMP TABLE caravan_listed (object_key VARCHAR(4096), etag VARCHAR(255), size_bytes BIGINT, last_modified"
                    + " TIMESTAMP)",
            "CREATE TEMP TABLE caravan_verified (" + COLUMNS + ")",
            "CREATE TEMP TABLE caravan_kept (key_1 BIGINT, key_2 DATE)",
            "CREATE TEMP TABLE caravan_source (caravan_line BIGINT IDENTITY(1, 1), " + fields + ")"
        };
    }

    /** Returns what puts a row into those that are merged. */
    String[] fill() {
        String keys = "(\"id\", \"day\", \"total\") VALUES (1, '2026-01-01', 1.5)";
        String staged = "(caravan_object, caravan_line, \"id\", \"day\", \"total\"";
        return new String[] {
            "INSERT INTO " + schema + ".orders " + keys,
            "INSERT INTO caravan_rows " + staged
                    + ") VALUES (1, 2, 1, '2026-01-01', 2.5), (1, 3, 2, '2026-01-01', 2.5)",
            "INSERT INTO caravan_changes " + staged
                    + ", caravan_action) VALUES (1, 2, 1, '2026-01-01', 2.5, 2), (1, 3, 2," + " '2026-01-01', 2.5, 1)",
            "INSERT INTO caravan_objects VALUES (1, 'k')"
        };
    }
}
