package io.caravan.redshift.sql;

import static io.caravan.redshift.sql.LedgerSql.DEAD_LETTERS;

import io.caravan.model.feed.ObjectOrder;
import io.caravan.model.ledger.DeadLetter;
import io.caravan.model.ledger.DeadLetterFilter;
import io.caravan.model.ledger.DeadLetterGroup;
import io.caravan.model.table.TableName;
import java.util.Collections;
import java.util.List;

/** The SQL statements with which people query the dead letters, as text. */
public final class DeadLetterSql {

    private static final String COLUMNS = "load_id, feed, bucket, object_key, etag, position, line_number, column_name,"
            + " error_code, reason, raw_record, status, replayed_by";

    private static final String BEHIND_KEY = "o.object_key > ? OR (o.object_key = ? AND o.position > ?)";

    private static final String BEHIND_TIME = "o.last_modified > CAST(? AS TIMESTAMP) OR (o.last_modified = CAST(? AS"
            + " TIMESTAMP) AND (" + BEHIND_KEY + "))";

    private DeadLetterSql() {}

    public static Where where(DeadLetterFilter filter) {
        Where begun = filter.feed() == null
                ? new Where()
                : FeedCondition.add(
                        new Where(),
                        filter.feed(),
                        "load_id IN (SELECT load_id FROM " + LedgerSql.LOADS + " WHERE target = ?)");
        return begun.and("load_id = ?", filter.load())
                .and("object_key = ?", filter.key())
                .and("position = ?", filter.position())
                .and("line_number = ?", filter.line())
                .and("error_code = ?", filter.code())
                .and("column_name = ?", filter.column())
                .and(
                        "status = ?",
                        filter.status() == null ? null : filter.status().text())
                .and("replayed_by = ?", filter.replayedBy());
    }

    /** Selects the dead letters after a given one of its load, in the order of reading. */
    public static void behind(Where where, DeadLetter letter) {
        where.andAll(
                "(position > ? OR (position = ? AND line_number > ?))",
                List.of(letter.position(), letter.position(), letter.line()));
    }

    public static String read(Where where, long limit) {
        return "SELECT " + COLUMNS + " FROM " + DEAD_LETTERS + where
                + " ORDER BY load_id DESC, position, line_number"
                + (limit == Long.MAX_VALUE ? "" : " LIMIT " + limit);
    }

    public static String readRepaired(Where where, long limit) {
        return "SELECT load_id, feed, bucket, object_key, etag, line_number, column_name, repair, original_value FROM "
                + LedgerSql.REPAIRED_VALUES + where + " ORDER BY load_id DESC, position, line_number, column_name"
                + (limit == Long.MAX_VALUE ? "" : " LIMIT " + limit);
    }

    public static String count(Where where) {
        return "SELECT feed, error_code, column_name, status, COUNT(*), COUNT(DISTINCT object_key), MIN(load_id), MAX(load_id)"
                + " FROM " + DEAD_LETTERS + where
                + " GROUP BY feed, error_code, column_name, status ORDER BY feed, error_code, column_name, status";
    }

    /** By object and code, each with the first of them. Parameters: the loads. */
    public static String rejectedRows(int loads) {
        String group = "OVER (PARTITION BY load_id, position, error_code";
        return "SELECT load_id, bucket, object_key, error_code, letters, line_number, column_name\n"
                + "FROM (SELECT load_id, bucket, object_key, position, error_code, line_number, column_name, COUNT(*) "
                + group + ") AS letters, ROW_NUMBER() " + group + " ORDER BY line_number) AS caravan_rank FROM "
                + DEAD_LETTERS + " WHERE load_id IN (" + String.join(", ", Collections.nCopies(loads, "?"))
                + ")) AS ranked\n"
                + "WHERE caravan_rank = 1 ORDER BY load_id, position, error_code";
    }

    /**
     * Parameters: those of the condition, the target, the last position, then those of {@link #behind}, if any.
     *
     * @param order of the objects
     * @param after whether to begin behind an object
     */
    public static String groups(TableName target, Where where, ObjectOrder order, boolean after, int limit) {
        boolean byTime = order == ObjectOrder.TIME;
        return "SELECT o.bucket, o.object_key, o.etag, o.size_bytes, o.last_modified, o.load_id, o.position, o.outcome,"
                + " o.header, d.letters\n"
                + "FROM (SELECT load_id, position, COUNT(*) AS letters FROM " + DEAD_LETTERS + where
                + " GROUP BY load_id, position) AS d INNER JOIN " + LedgerSql.objects(target)
                + " AS o ON o.load_id = d.load_id AND o.position = d.position\n"
                + "WHERE o.target = ? AND o.position <= ?"
                + (after ? " AND (" + (byTime ? BEHIND_TIME : BEHIND_KEY) + ")" : "")
                + " ORDER BY " + (byTime ? "o.last_modified, " : "") + "o.object_key, o.position LIMIT " + limit;
    }

    /** Returns the parameters of a page that begins after an object. */
    public static List<Object> behind(DeadLetterGroup last, ObjectOrder order) {
        String time = SqlText.time(last.object().lastModified());
        String key = last.object().key();
        return switch (order) {
            case TIME -> List.of(time, time, key, key, last.position());
            case KEY -> List.of(key, key, last.position());
        };
    }

    /** Parameter: the load that replays them. */
    public static String markReplayed() {
        return "UPDATE " + DEAD_LETTERS + " SET status = 'replayed', replayed_by = CAST(? AS VARCHAR(64))\n" + "FROM "
                + StagingSql.REPLAYED + " WHERE " + isReplayed();
    }

    /** Counts the dead letters that {@link #markReplayed} would mark. */
    public static String countReplayed() {
        return "SELECT COUNT(*) FROM " + DEAD_LETTERS + ", " + StagingSql.REPLAYED + " WHERE " + isReplayed();
    }

    private static String isReplayed() {
        String letters = DEAD_LETTERS + ".";
        String staged = StagingSql.REPLAYED + ".";
        return letters + "load_id = " + staged + "load_id AND " + letters + "position = " + staged + "position AND "
                + letters + "line_number = " + staged + StagingSql.LINE + " AND " + letters + "status = 'open'";
    }

    /** Parameter: the load that rearms their object; then those of the condition. */
    public static String markRearmed(Where where) {
        return "UPDATE " + DEAD_LETTERS + " SET status = 'replayed', replayed_by = CAST(? AS VARCHAR(64))" + where;
    }

    public static String drop(Where where) {
        return "UPDATE " + DEAD_LETTERS + " SET status = 'dropped'" + where;
    }
}
