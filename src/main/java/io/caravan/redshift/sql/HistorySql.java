package io.caravan.redshift.sql;

import io.caravan.model.ledger.LoadFilter;

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
