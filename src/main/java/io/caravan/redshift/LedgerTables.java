package io.caravan.redshift;

import io.caravan.model.Feed;
import io.caravan.model.LedgerEntry;
import io.caravan.model.LedgerMark;
import io.caravan.model.LoadCounts;
import io.caravan.model.LoadRecord;
import io.caravan.model.ObjectVersion;
import io.caravan.model.Outcome;
import io.caravan.model.TableName;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The ledger's tables, over a connection that somebody else begins and ends transactions on. */
final class LedgerTables {

    /** In UTC; Redshift's TIMESTAMP has no zone. */
    private static final DateTimeFormatter TIMESTAMP =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSS", Locale.ROOT).withZone(ZoneOffset.UTC);

    private static final int MAX_ERROR_BYTES = 4096;

    private LedgerTables() {}

    /** Creates what all targets share, where it is missing: a user without the right to create can use what exists. */
    static void createShared(Connection connection) throws SQLException {
        Set<String> tables = find(connection);
        if (tables.isEmpty()) {
            Jdbc.execute(connection, LedgerSql.createSchema());
        }
        for (Map.Entry<String, String> table : LedgerSql.createShared().entrySet()) {
            if (!tables.contains(table.getKey())) {
                Jdbc.execute(connection, table.getValue());
            }
        }
    }

    /**
     * Creates a target's table, unless another process has been faster, and the view anew; must be the first thing in a
     * transaction. One creates at a time: two at once would each make a view that lacks the other's table.
     */
    static void createObjects(Connection connection, TableName target) throws SQLException {
        Jdbc.execute(connection, LedgerSql.lockTargets());
        Set<String> tables = find(connection);
        if (tables.add(LedgerSql.objectsTable(target))) {
            Jdbc.execute(connection, LedgerSql.createObjects(target));
            Jdbc.update(connection, LedgerSql.insertTarget(), target.toString(), LedgerSql.objectsTable(target));
            List<String> all = tables.stream()
                    .filter(table -> table.startsWith(LedgerSql.OBJECTS_PREFIX))
                    .sorted()
                    .toList();
            Jdbc.execute(connection, LedgerSql.createObjectsView(all));
        }
    }

    private static Set<String> find(Connection connection) throws SQLException {
        Set<String> tables = new HashSet<>();
        Jdbc.query(connection, LedgerSql.findTables(), row -> tables.add(row.getString(1)));
        return tables;
    }

    /** Returns whether nothing of the target's ledger is missing; a release may have brought a table. */
    static boolean isComplete(Connection connection, TableName target) throws SQLException {
        Set<String> tables = find(connection);
        return tables.contains(LedgerSql.objectsTable(target))
                && tables.containsAll(LedgerSql.createShared().keySet());
    }

    /** Returns whether the ledger has a table by this name, which has the schema in it. */
    static boolean has(Connection connection, String table) throws SQLException {
        return find(connection).contains(table.substring(LedgerSql.SCHEMA.length() + 1));
    }

    /** Returns whether any target has a ledger, and with it the view over all of them. */
    static boolean hasObjects(Connection connection) throws SQLException {
        return find(connection).stream().anyMatch(table -> table.startsWith(LedgerSql.OBJECTS_PREFIX));
    }

    /** Returns whether the target has a ledger. */
    static boolean exists(Connection connection, TableName target) throws SQLException {
        return find(connection).contains(LedgerSql.objectsTable(target));
    }

    static void read(Connection connection, TableName target, long position, Consumer<LedgerMark> action)
            throws SQLException {
        Jdbc.query(
                connection,
                LedgerSql.readAfter(target),
                row -> action.accept(new LedgerMark(
                        row.getLong(1),
                        row.getString(2),
                        row.getString(3),
                        row.getString(4),
                        instant(row, 5),
                        Outcome.parse(row.getString(6)))),
                target.toString(),
                position);
    }

    /** Returns the position of the last entry; 0 if there is none. */
    static long lastPosition(Connection connection, TableName target) throws SQLException {
        return Jdbc.queryLong(connection, LedgerSql.lastPosition(target), target.toString());
    }

    static boolean hasNewer(Connection connection, Feed feed, ObjectVersion object) throws SQLException {
        return Jdbc.queryLong(
                        connection,
                        LedgerSql.countNewer(feed.target()),
                        feed.target().toString(),
                        feed.name(),
                        text(object.lastModified()),
                        text(object.lastModified()),
                        object.key())
                > 0;
    }

    /** Writes a load, its objects, and its rows that are kept for people; returns how many of those are dead letters. */
    static long write(
            Connection connection, LoadRecord load, List<Integer> numbers, long position, boolean keepsSuperseded)
            throws SQLException {
        writeLoad(connection, load);
        writeObjects(connection, load, position);
        long deadLetters = 0;
        for (int i = 0; i < numbers.size(); i++) {
            LedgerEntry entry = load.objects().get(i);
            if (entry.counts().rejected() > 0) {
                deadLetters += writeDeadLetters(connection, load, entry.object(), position + i + 1, numbers.get(i));
            }
            if (keepsSuperseded && entry.counts().superseded() > 0) {
                writeSupersededRows(connection, load, entry.object(), numbers.get(i));
            }
        }
        return deadLetters;
    }

    private static long writeDeadLetters(
            Connection connection, LoadRecord load, ObjectVersion object, long position, int number)
            throws SQLException {
        return Jdbc.update(
                connection,
                LedgerSql.insertDeadLetters(),
                load.id(),
                load.feed(),
                object.bucket(),
                object.key(),
                object.etag(),
                position,
                number);
    }

    private static void writeSupersededRows(Connection connection, LoadRecord load, ObjectVersion object, int number)
            throws SQLException {
        Jdbc.update(
                connection,
                LedgerSql.insertSupersededRows(),
                load.id(),
                load.feed(),
                object.bucket(),
                object.key(),
                object.etag(),
                number);
    }

    /** Writes what a load says of its objects, behind the ledger's last position. */
    static void writeObjects(Connection connection, LoadRecord load, long position) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(LedgerSql.insertObject(load.target()))) {
            long next = position;
            for (LedgerEntry entry : load.objects()) {
                set(insert, objectValues(load, entry, ++next));
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }

    /** Notes that the dead letters of a load are to be sent. */
    static void writeUnsent(Connection connection, LoadRecord load) throws SQLException {
        Jdbc.update(connection, LedgerSql.insertUnsent(), load.id(), load.feed(), text(load.ended()));
    }

    static void writeLoad(Connection connection, LoadRecord load) throws SQLException {
        writeLoad(connection, load, load.objects().size());
    }

    /** Writes a load that dealt with so many objects. */
    static void writeLoad(Connection connection, LoadRecord load, long objects) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(LedgerSql.insertLoad())) {
            List<@Nullable String> values = new ArrayList<>();
            values.add(load.id());
            values.add(load.feed());
            values.add(load.target().toString());
            values.add(text(load.started()));
            values.add(text(load.ended()));
            values.add(load.outcome().text());
            values.add(String.valueOf(objects));
            addCounts(values, load.counts());
            values.add(String.valueOf(load.times().reading().toMillis()));
            values.add(String.valueOf(load.times().staging().toMillis()));
            values.add(String.valueOf(load.times().merging().toMillis()));
            values.add(load.errorCode() == null ? null : load.errorCode().name());
            values.add(cut(load.error()));
            set(insert, values);
            insert.executeUpdate();
        }
    }

    private static List<@Nullable String> objectValues(LoadRecord load, LedgerEntry entry, long position) {
        List<@Nullable String> values = new ArrayList<>();
        values.add(String.valueOf(position));
        values.add(load.id());
        values.add(load.feed());
        values.add(load.target().toString());
        values.add(entry.object().bucket());
        values.add(entry.object().key());
        values.add(entry.versionId());
        values.add(entry.object().etag());
        values.add(String.valueOf(entry.object().sizeBytes()));
        values.add(text(entry.object().lastModified()));
        values.add(entry.outcome().text());
        addCounts(values, entry.counts());
        values.add(entry.errorCode() == null ? null : entry.errorCode().name());
        values.add(cut(entry.error()));
        values.add(text(load.ended()));
        values.add(entry.header());
        return values;
    }

    private static void addCounts(List<@Nullable String> values, LoadCounts counts) {
        values.add(String.valueOf(counts.read()));
        values.add(String.valueOf(counts.inserted()));
        values.add(String.valueOf(counts.updated()));
        values.add(String.valueOf(counts.unchanged()));
        values.add(String.valueOf(counts.deleted()));
        values.add(String.valueOf(counts.stale()));
        values.add(String.valueOf(counts.superseded()));
        values.add(String.valueOf(counts.rejected()));
    }

    private static void set(PreparedStatement statement, List<@Nullable String> values) throws SQLException {
        for (int i = 0; i < values.size(); i++) {
            statement.setString(i + 1, values.get(i));
        }
    }

    /** Returns the time in a column, counted from 1. */
    static Instant instant(ResultSet row, int column) throws SQLException {
        return row.getObject(column, LocalDateTime.class).toInstant(ZoneOffset.UTC);
    }

    static String text(Instant instant) {
        return TIMESTAMP.format(instant);
    }

    private static @Nullable String cut(@Nullable String text) {
        if (text == null || text.getBytes(StandardCharsets.UTF_8).length <= MAX_ERROR_BYTES) {
            return text;
        }
        // A char is at most three bytes of UTF-8, a pair of surrogates four.
        String cut = text.substring(0, MAX_ERROR_BYTES / 3 - 1);
        return Character.isHighSurrogate(cut.charAt(cut.length() - 1)) ? cut.substring(0, cut.length() - 1) : cut;
    }
}
