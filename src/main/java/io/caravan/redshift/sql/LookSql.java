package io.caravan.redshift.sql;

import static io.caravan.redshift.sql.ChangesSql.ACTION;
import static io.caravan.redshift.sql.SqlText.quote;
import static io.caravan.redshift.sql.StagingSql.CHANGES;
import static io.caravan.redshift.sql.StagingSql.OBJECT;
import static io.caravan.redshift.sql.StagingSql.ROWS;

import io.caravan.model.table.TableName;

/**
 * The questions of a load's shared part, as text: several in one statement, since each statement is planned, and for a small load
 * that takes longer than its answer. The first column of a row says which question it answers.
 */
public final class LookSql {

    /** Rows of a change: how many, object, action, and the most rows of the target that one of them meets. */
    public static final int CHANGE = 1;

    /** Staged rows: how many, object. */
    public static final int STAGED = 2;

    /** Rows of the target: how many. */
    public static final int TARGET = 3;

    /** An entry of the ledger: position, size, then two zeros, then its texts and its time. */
    public static final int MARK = 4;

    private static final String NO_TEXTS = ", CAST(NULL AS VARCHAR(512)), CAST(NULL AS VARCHAR(255)),"
            + " CAST(NULL AS VARCHAR(4096)), CAST(NULL AS VARCHAR(255)), CAST(NULL AS TIMESTAMP),"
            + " CAST(NULL AS VARCHAR(16))";

    private LookSql() {}

    /**
     * Counts the changes by object and action, and the staged rows by object.
     *
     * @param areCounted whether the changes say how many rows of the target each meets
     */
    public static String changes(boolean areCounted) {
        return changes(areCounted, "");
    }

    /** Shows the new entries of the ledger, and counts the target. Parameters: the target's name, the last position known. */
    public static String target(TableName target) {
        return "SELECT " + MARK
                + ", position, size_bytes, 0, 0, feed, bucket, object_key, etag, last_modified, outcome FROM "
                + LedgerSql.objects(target) + " WHERE target = ? AND position > ?"
                + "\nUNION ALL\nSELECT " + TARGET + ", COUNT(*), 0, 0, 0" + NO_TEXTS + " FROM " + quote(target);
    }

    /** Does the same, and counts the changes too. */
    public static String targetAndChanges(TableName target) {
        return target(target) + "\nUNION ALL\n" + changes(true, NO_TEXTS);
    }

    private static String changes(boolean areCounted, String texts) {
        return "SELECT " + CHANGE + ", COUNT(*), " + OBJECT + ", " + ACTION + ", "
                + (areCounted ? "MAX(" + ChangesSql.MATCHES + ")" : "0") + texts + " FROM " + CHANGES + " GROUP BY "
                + OBJECT + ", " + ACTION
                + "\nUNION ALL\nSELECT " + STAGED + ", COUNT(*), " + OBJECT + ", 0, 0" + texts + " FROM " + ROWS
                + " GROUP BY " + OBJECT;
    }
}
