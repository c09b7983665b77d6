package io.caravan.redshift;

import static io.caravan.redshift.LedgerSql.DEAD_LETTERS;

import io.caravan.model.DeadLetterFilter;

/** The SQL statements that people ask of the dead letters, as text. */
final class DeadLetterSql {

    private static final String COLUMNS = "load_id, feed, bucket, object_key, etag, position, line_number, column_name,"
            + " error_code, reason, raw_record, status, replayed_by";

    private DeadLetterSql() {}

    static Where where(DeadLetterFilter filter) {
        return new Where()
                .and("feed = ?", filter.feed())
                .and("load_id = ?", filter.load())
                .and("object_key = ?", filter.key())
                .and("position = ?", filter.position())
                .and("line_number = ?", filter.line())
                .and("error_code = ?", filter.code())
                .and(
                        "status = ?",
                        filter.status() == null ? null : filter.status().text());
    }

    static String read(Where where, long limit) {
        return "SELECT " + COLUMNS + " FROM " + DEAD_LETTERS + where
                + " ORDER BY load_id DESC, position, line_number"
                + (limit == Long.MAX_VALUE ? "" : " LIMIT " + limit);
    }

    static String count(Where where) {
        return "SELECT feed, error_code, status, COUNT(*), COUNT(DISTINCT object_key), MIN(load_id), MAX(load_id) FROM "
                + DEAD_LETTERS + where + " GROUP BY feed, error_code, status ORDER BY feed, error_code, status";
    }

    static String drop(Where where) {
        return "UPDATE " + DEAD_LETTERS + " SET status = 'dropped'" + where;
    }
}
