package io.caravan.redshift.sql;

import static java.util.stream.Collectors.joining;

import io.caravan.model.ObjectVersion;
import io.caravan.model.feed.Feed;
import io.caravan.model.ledger.ObjectFilter;
import io.caravan.model.ledger.Outcome;
import io.caravan.model.table.TableName;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The SQL statements with which people read and correct the ledger's objects, as text. The last entry of an object decides;
 * an entry about a replay of its rejected rows does not count.
 */
public final class ObjectsSql {

    public static final String LISTED = "caravan_listed";

    private static final String STATE_COLUMNS =
            "feed, bucket, object_key, etag, outcome, rows_read, rows_rejected, load_id, recorded_at, error_code, error,"
                    + " same_content_as";

    private static final String VERSION_COLUMNS = "bucket, object_key, version_id, etag, size_bytes, last_modified";

    /** As {@link Outcome#isDone}. */
    private static final String IS_DONE = "outcome NOT IN ('failed', 'rearmed')";

    private static final String IS_LAST = "caravan_rank = 1";

    private ObjectsSql() {}

    /** Means entries. */
    public static Where entries(ObjectFilter filter) {
        return where(new Where(), filter);
    }

    /** Means the last entry of each object. */
    public static Where lastEntries(ObjectFilter filter) {
        return where(new Where().and(IS_LAST), filter);
    }

    /** Means the last entry of each object that is done and belongs to the feed. */
    public static Where doneEntries(Feed feed, ObjectFilter filter) {
        Where ofFeed = new Where().and(IS_LAST).and(IS_DONE).and("bucket = ?", feed.bucket());
        return where(underPrefixes(ofFeed, feed), filter);
    }

    /** Adds that keys begin with one of the feed's prefixes. */
    private static Where underPrefixes(Where where, Feed feed) {
        List<String> values = new ArrayList<>();
        return FeedCondition.prefixes(feed.prefixes(), values)
                .map(part -> where.andAll(part, values))
                .orElse(where);
    }

    /** Means the last entry of an object, if it says that this version was rejected, or is to be loaded again. */
    public static Where lastEntryOf(ObjectVersion rejected) {
        return new Where()
                .and(IS_LAST)
                .and("outcome IN ('rejected', 'rearmed')")
                .and("bucket = ?", rejected.bucket())
                .and("object_key = ?", rejected.key())
                .and("etag = ?", rejected.etag());
    }

    private static Where where(Where begun, ObjectFilter filter) {
        @Nullable Outcome outcome = filter.outcome();
        return (filter.feed() == null ? begun : FeedCondition.add(begun, filter.feed(), "target = ?"))
                .and("outcome = ?", outcome == null ? null : outcome.text())
                .and("object_key = ?", filter.key())
                .and("STRPOS(object_key, ?) = 1", filter.prefix() == null ? null : orNull(filter.prefix()))
                .and(
                        "recorded_at >= CAST(? AS TIMESTAMP)",
                        filter.since() == null ? null : SqlText.time(filter.since()))
                .and(
                        "recorded_at < CAST(? AS TIMESTAMP)",
                        filter.until() == null ? null : SqlText.time(filter.until()));
    }

    /** Every text begins with the empty one, whatever STRPOS says. */
    private static @Nullable String orNull(String prefix) {
        return prefix.isEmpty() ? null : prefix;
    }

    /**
     * Shows entries.
     *
     * @param allObjects as {@link LedgerSql#allObjects} has it: the view may be that of another release
     */
    public static String readHistory(String allObjects, Where entries, long limit) {
        return read(all(allObjects), entries, limit);
    }

    public static String readLast(String allObjects, Where lastEntries, long limit) {
        return read(last(all(allObjects), STATE_COLUMNS + ", target, position"), lastEntries, limit);
    }

    /**
     * Counts the objects whose last entry says that their rows went into the target; none if loads have deleted as many rows as
     * they have inserted. The parameter is the target.
     */
    public static String countLost(TableName target) {
        return "SELECT CASE WHEN COALESCE(SUM(rows_inserted - rows_deleted), 0) > 0 THEN COALESCE(SUM(CASE WHEN "
                + IS_LAST
                + " AND outcome = 'loaded' AND rows_inserted + rows_updated + rows_unchanged > 0 THEN 1 ELSE 0 END), 0)"
                + " ELSE 0 END\nFROM "
                + last(
                        LedgerSql.objects(target),
                        "outcome, rows_inserted, rows_updated, rows_unchanged, rows_deleted, target")
                + " WHERE target = ?";
    }

    private static String all(String allObjects) {
        return "(" + allObjects + ") AS all_objects";
    }

    private static String read(String from, Where where, long limit) {
        return "SELECT " + STATE_COLUMNS + " FROM " + from + where
                + " ORDER BY recorded_at DESC, load_id DESC, position DESC"
                + (limit == Long.MAX_VALUE ? "" : " LIMIT " + limit);
    }

    /** Parameters: the ledger's last position, load, feed, target and time; then those of the condition. */
    public static String rearm(TableName target, Where doneEntries) {
        String from =
                last(LedgerSql.objects(target), VERSION_COLUMNS + ", outcome, feed, recorded_at, target, position");
        return insert(target, Outcome.REARMED, "position", VERSION_COLUMNS, from + doneEntries);
    }

    public static String createListed() {
        return "CREATE TEMP TABLE " + LISTED + " (object_key VARCHAR(4096) NOT NULL, etag VARCHAR(255) NOT NULL,"
                + " size_bytes BIGINT NOT NULL, last_modified TIMESTAMP NOT NULL)";
    }

    public static String insertListed() {
        return "INSERT INTO " + LISTED + " (object_key, etag, size_bytes, last_modified) VALUES (?, ?, ?, ?)";
    }

    /** Parameters: the ledger's last position, load, feed, target and time; then the bucket, twice. */
    public static String skip(TableName target) {
        String done = "(SELECT object_key, etag FROM "
                + last(LedgerSql.objects(target), "object_key, etag, outcome, bucket, target, position") + " WHERE "
                + IS_LAST + " AND " + IS_DONE + " AND bucket = ?) AS done";
        return insert(
                target,
                Outcome.SKIPPED,
                "l.last_modified, l.object_key",
                "CAST(? AS VARCHAR(255)), l.object_key, CAST(NULL AS VARCHAR(1024)), l.etag, l.size_bytes,"
                        + " l.last_modified",
                LISTED + " AS l LEFT JOIN " + done + " ON done.object_key = l.object_key AND done.etag = l.etag"
                        + " WHERE done.object_key IS NULL");
    }

    private static String insert(TableName target, Outcome outcome, String order, String versions, String from) {
        List<String> counts = LedgerSql.rowCounts();
        return "INSERT INTO " + LedgerSql.objects(target) + " (position, load_id, feed, target, recorded_at, "
                + VERSION_COLUMNS + ", outcome, " + String.join(", ", counts) + ")\n"
                + "SELECT CAST(? AS BIGINT) + ROW_NUMBER() OVER (ORDER BY " + order
                + "), CAST(? AS VARCHAR(64)), CAST(? AS VARCHAR(512)), CAST(? AS VARCHAR(512)), CAST(? AS TIMESTAMP), "
                + versions + ", '" + outcome.text() + "', "
                + Stream.generate(() -> "0").limit(counts.size()).collect(joining(", ")) + "\nFROM " + from;
    }

    /** Ranks the entries of each object, the last one first. */
    private static String last(String table, String columns) {
        return "(SELECT " + columns
                + ", ROW_NUMBER() OVER (PARTITION BY target, bucket, object_key ORDER BY position DESC) AS caravan_rank"
                + " FROM " + table + " WHERE outcome <> 'replayed') AS ranked";
    }
}
