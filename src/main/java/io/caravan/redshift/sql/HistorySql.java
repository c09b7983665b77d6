package io.caravan.redshift.sql;

import io.caravan.model.ledger.LoadFilter;
import io.caravan.model.table.TableName;

/** Statements about the run history as people look at it. */
public final class HistorySql {

    private HistorySql() {}

    public static Where where(LoadFilter filter) {
        return new Where()
                .and(
                        "target = ?",
                        filter.target() == null ? null : filter.target().toString())
                .and("feed = ?", filter.feed())
                .and("load_id = ?", filter.id())
                .and("load_id < ?", filter.before());
    }

    /** Shows loads, the one that began last first. */
    public static String readLoads(Where where, long limit) {
        return "SELECT load_id, feed, target, started_at, ended_at, outcome, objects, "
                + String.join(", ", LedgerSql.rowCounts())
                + ", reading_ms, staging_ms, merging_ms, error_code, error FROM " + LedgerSql.LOADS + where
                + " ORDER BY load_id DESC LIMIT " + limit;
    }

    /**
     * Shows the objects of a load of which there is no later entry: whoever has rearmed one since wants it where it is. The
     * parameters are target and load.
     */
    public static String lastOfLoad(TableName target) {
        String objects = LedgerSql.objects(target);
        return "SELECT o.bucket, o.object_key, o.etag, o.size_bytes, o.last_modified, o.outcome FROM " + objects
                + " AS o LEFT JOIN " + objects + " AS later ON later.target = o.target AND later.bucket = o.bucket"
                + " AND later.object_key = o.object_key AND later.position > o.position AND later.outcome <> 'replayed'\n"
                + "WHERE o.target = ? AND o.load_id = ? AND later.position IS NULL ORDER BY o.position";
    }

    /**
     * Shows what a load has said of its objects, in its order.
     *
     * @param all the objects table of its target, as {@link LedgerSql#allObjects} has it
     */
    public static String readObjects(String all, long limit) {
        return "SELECT bucket, object_key, etag, size_bytes, last_modified, outcome, error_code, error, same_content_as, "
                + String.join(", ", LedgerSql.rowCounts()) + " FROM (" + all + ") AS objects"
                + " WHERE target = ? AND load_id = ? ORDER BY position LIMIT " + limit;
    }
}
