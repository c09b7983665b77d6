package io.caravan.redshift;

import static java.util.stream.Collectors.joining;

import io.caravan.base.CaravanException;
import io.caravan.base.ErrorCode;
import io.caravan.base.InvalidConfigurationException;
import io.caravan.model.ObjectVersion;
import io.caravan.model.feed.Feed;
import io.caravan.model.ledger.LedgerEntry;
import io.caravan.model.ledger.LedgerMark;
import io.caravan.model.ledger.LoadCounts;
import io.caravan.model.ledger.LoadRecord;
import io.caravan.model.ledger.LoadedContent;
import io.caravan.model.ledger.Outcome;
import io.caravan.model.table.TableName;
import io.caravan.redshift.connection.Jdbc;
import io.caravan.redshift.connection.RedshiftFailures;
import io.caravan.redshift.sql.LedgerSql;
import io.caravan.redshift.sql.RightsSql;
import io.caravan.redshift.sql.SqlText;
import io.caravan.redshift.sql.Where;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The ledger's tables, over a connection that somebody else begins and ends transactions on. */
final class LedgerTables {

    private static final int MAX_ERROR_BYTES = 4096;

    /** Values in one statement; it may have 32,767 parameters. */
    private static final int MAX_LISTED = 1000;

    private static final Logger log = LoggerFactory.getLogger(LedgerTables.class);

    private LedgerTables() {}

    /**
     * Creates the missing ones of the tables that all targets share; if none is missing, the user needs no right to create.
     */
    static void createShared(Connection connection) throws SQLException {
        Set<String> tables = find(connection);
        createSchema(connection);
        for (Map.Entry<String, String> table : LedgerSql.createShared().entrySet()) {
            if (!tables.contains(table.getKey())) {
                Jdbc.execute(connection, table.getValue());
            }
        }
    }

    /** Even IF NOT EXISTS asks for the right to create schemas, which nobody needs where the schema is there. */
    static void createSchema(Connection connection) throws SQLException {
        if (Jdbc.queryLong(connection, RightsSql.countSchemas(), LedgerSql.SCHEMA) == 0) {
            Jdbc.execute(connection, LedgerSql.createSchema());
        }
    }

    /**
     * Creates a target's table, unless another process has created it; must be the first action of a transaction. Only one
     * process creates at a time.
     */
    static void createObjects(Connection connection, TableName target) throws SQLException {
        Jdbc.execute(connection, LedgerSql.lockTargets());
        LedgerParts parts = LedgerParts.find(connection, target);
        if (parts.isThere()) {
            change(connection, target, parts.steps(target));
        } else {
            Jdbc.execute(connection, LedgerSql.createObjects(target));
            Jdbc.execute(connection, LedgerSql.sayVersion(target));
            Jdbc.update(connection, LedgerSql.insertTarget(), target.toString(), LedgerSql.objectsTable(target));
        }
    }

    /** Says the version of a target's table that lacks nothing else, unless another process has; the caller has locked it. */
    static void sayVersion(Connection connection, TableName target) throws SQLException {
        LedgerParts parts = LedgerParts.find(connection, target);
        if (parts.isToSayVersion()) {
            change(connection, target, parts.steps(target));
        }
    }

    /** What another user owns, only that one can change. */
    private static void change(Connection connection, TableName target, List<String> statements) throws SQLException {
        try {
            for (String statement : statements) {
                Jdbc.execute(connection, statement);
                log.info("The ledger of {} has become that of this release: {}", target, statement);
            }
        } catch (SQLException e) {
            CaravanException failure = RedshiftFailures.translate("changing the ledger of " + target, e);
            if (failure.code() != ErrorCode.WAREHOUSE_DENIED) {
                throw e;
            }
            throw new InvalidConfigurationException(
                    ErrorCode.WAREHOUSE_DENIED,
                    "The ledger of " + target + " is that of an earlier release, and lacks columns that the user of"
                            + " caravan.warehouse.user may not add; have the table's owner run: "
                            + String.join("; ", statements),
                    failure);
        }
    }

    /** Returns the objects tables, by name, with the columns that a later release has brought and they have. */
    static SortedMap<String, Set<String>> findObjects(Connection connection) throws SQLException {
        SortedMap<String, Set<String>> tables = new TreeMap<>();
        find(connection).stream()
                .filter(table -> table.startsWith(LedgerSql.OBJECTS_PREFIX))
                .forEach(table -> tables.put(table, new HashSet<>()));
        Jdbc.query(connection, LedgerSql.findAddedColumns(), row -> {
            @Nullable Set<String> columns = tables.get(row.getString(1));
            if (columns != null) {
                columns.add(row.getString(2));
            }
        });
        return tables;
    }

    /**
     * Returns objects tables as one, as {@link LedgerSql#allObjects} has it; empty if there is none yet.
     *
     * @param target whose table is wanted; null for all, of which others may belong to other users, or be locked
     */
    static Optional<String> allObjects(Connection connection, @Nullable TableName target) throws SQLException {
        SortedMap<String, Set<String>> tables = findObjects(connection);
        if (target != null) {
            tables.keySet().retainAll(Set.of(LedgerSql.objectsTable(target)));
        }
        return tables.isEmpty() ? Optional.empty() : Optional.of(LedgerSql.allObjects(tables));
    }

    private static Set<String> find(Connection connection) throws SQLException {
        Set<String> tables = new HashSet<>();
        Jdbc.query(connection, LedgerSql.findTables(), row -> tables.add(row.getString(1)));
        return tables;
    }

    /** Returns whether the ledger has a table by this name, which has the schema in it. */
    static boolean has(Connection connection, String table) throws SQLException {
        return find(connection).contains(table.substring(LedgerSql.SCHEMA.length() + 1));
    }

    /** Returns whether the target has a ledger. */
    static boolean exists(Connection connection, TableName target) throws SQLException {
        return LedgerParts.find(connection, target).isThere();
    }

    /**
     * Shows the entries after a position, in their order.
     *
     * @param hasHashes whether the ledger has hashes of the objects, and they are wanted
     */
    static void read(
            Connection connection, TableName target, long position, boolean hasHashes, Consumer<LedgerMark> action)
            throws SQLException {
        Jdbc.query(
                connection,
                LedgerSql.readAfter(target, hasHashes),
                row -> action.accept(mark(row, row.getLong(1), row.getLong(2), 3, row.getString(9))),
                target.toString(),
                position);
    }

    /**
     * Returns an entry of the ledger.
     *
     * @param first the first of its columns in a row: feed, bucket, key, ETag, time and outcome
     */
    static LedgerMark mark(ResultSet row, long position, long sizeBytes, int first, @Nullable String contentStart)
            throws SQLException {
        return new LedgerMark(
                position,
                row.getString(first),
                row.getString(first + 1),
                row.getString(first + 2),
                row.getString(first + 3),
                sizeBytes,
                instant(row, first + 4),
                Outcome.parse(row.getString(first + 5)),
                contentStart);
    }

    /** Returns the position of the last entry; 0 if there is none. */
    static long lastPosition(Connection connection, TableName target) throws SQLException {
        return Jdbc.queryLong(connection, LedgerSql.lastPosition(target), target.toString());
    }

    static Optional<ObjectVersion> findNewest(Connection connection, Feed feed, Set<String> names) throws SQLException {
        return findNewest(connection, feed, names, null);
    }

    /**
     * Finds the loaded object that comes last in a feed's order.
     *
     * @param before the place in the ledger before which it must stand; null for any
     */
    static Optional<ObjectVersion> findNewest(
            Connection connection, Feed feed, Set<String> names, @Nullable Long before) throws SQLException {
        Where loaded = new Where()
                .and("target = ?", feed.target().toString())
                .and("bucket = ?", feed.bucket())
                .and("position < ?", before)
                .and("outcome = 'loaded'");
        if (!feed.prefixes().contains("")) {
            List<String> values = new ArrayList<>(feed.prefixes());
            values.addAll(names);
            String ofPlace = feed.prefixes().stream()
                    .map(prefix -> "STRPOS(object_key, ?) = 1")
                    .collect(joining(" OR "));
            loaded.andAll("(" + ofPlace + (names.isEmpty() ? "" : " OR " + in("feed", names)) + ")", values);
        }
        List<ObjectVersion> found = new ArrayList<>();
        Jdbc.query(
                connection,
                LedgerSql.newest(feed.target(), loaded, feed.objects().order()),
                row -> found.add(version(row)),
                loaded.values());
        return found.stream().findFirst();
    }

    /** Returns the content that was loaded last under each key; leaves out keys with a later entry other than a failure. */
    static List<LoadedContent> findLoadedUnder(
            Connection connection, TableName target, String bucket, Collection<String> keys) throws SQLException {
        return findLoaded(
                connection,
                keys,
                some -> new Where()
                        .and("target = ?", target.toString())
                        .and("bucket = ?", bucket)
                        .andAll(in("object_key", some), some)
                        .and("outcome NOT IN ('failed', 'replayed')"),
                where -> LedgerSql.lastLoaded(target, where));
    }

    /** Returns the objects whose content had one of these hashes when it was loaded. */
    static List<LoadedContent> findLoadedAs(Connection connection, TableName target, Collection<String> hashes)
            throws SQLException {
        return findLoaded(
                connection,
                hashes,
                some -> new Where()
                        .and("target = ?", target.toString())
                        .andAll(in("content_sha256", some), some)
                        .and("outcome IN ('loaded', 'unchanged')"),
                where -> LedgerSql.loaded(target, where));
    }

    private static List<LoadedContent> findLoaded(
            Connection connection,
            Collection<String> values,
            Function<List<String>, Where> condition,
            Function<Where, String> sql)
            throws SQLException {
        List<LoadedContent> loaded = new ArrayList<>();
        List<String> all = List.copyOf(values);
        for (int from = 0; from < all.size(); from += MAX_LISTED) {
            Where where = condition.apply(all.subList(from, Math.min(all.size(), from + MAX_LISTED)));
            Jdbc.query(
                    connection,
                    sql.apply(where),
                    row -> loaded.add(new LoadedContent(version(row), row.getString(6))),
                    where.values());
        }
        return loaded;
    }

    private static String in(String column, Collection<String> values) {
        return column + " IN (" + values.stream().map(value -> "?").collect(joining(", ")) + ")";
    }

    /** Returns the object version in a row's first columns: bucket, key, ETag, size and time. */
    static ObjectVersion version(ResultSet row) throws SQLException {
        return new ObjectVersion(row.getString(1), row.getString(2), row.getString(3), row.getLong(4), instant(row, 5));
    }

    /** Writes a load's entries for its objects, after the ledger's last position. */
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

    /** Notes in a table of the ledger that something of a load is to be sent. */
    static void writeUnsent(Connection connection, String table, LoadRecord load) throws SQLException {
        Jdbc.update(connection, LedgerSql.insertUnsent(table), load.id(), load.feed(), SqlText.time(load.ended()));
    }

    static void writeLoad(Connection connection, LoadRecord load) throws SQLException {
        writeLoad(connection, load, load.objects().size());
    }

    /** Writes a load that dealt with so many objects. */
    static void writeLoad(Connection connection, LoadRecord load, long objects) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(LedgerSql.insertLoad())) {
            set(insert, loadValues(load, objects));
            insert.executeUpdate();
        }
    }

    /** Writes a load if its target has so many rows; returns whether it has. */
    static boolean writeLoadIf(Connection connection, LoadRecord load, long targetRows) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(LedgerSql.insertLoadIf(load.target()))) {
            List<@Nullable String> values = loadValues(load, load.objects().size());
            values.add(String.valueOf(targetRows));
            set(insert, values);
            return insert.executeUpdate() == 1;
        }
    }

    private static List<@Nullable String> loadValues(LoadRecord load, long objects) {
        List<@Nullable String> values = new ArrayList<>();
        values.add(load.id());
        values.add(load.feed());
        values.add(load.target().toString());
        values.add(SqlText.time(load.started()));
        values.add(SqlText.time(load.ended()));
        values.add(load.outcome().text());
        values.add(String.valueOf(objects));
        addCounts(values, load.counts());
        values.add(String.valueOf(load.times().reading().toMillis()));
        values.add(String.valueOf(load.times().staging().toMillis()));
        values.add(String.valueOf(load.times().merging().toMillis()));
        values.add(load.errorCode() == null ? null : load.errorCode().name());
        values.add(cut(load.error()));
        return values;
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
        values.add(SqlText.time(entry.object().lastModified()));
        values.add(entry.outcome().text());
        addCounts(values, entry.counts());
        values.add(entry.errorCode() == null ? null : entry.errorCode().name());
        values.add(cut(entry.error()));
        values.add(SqlText.time(load.ended()));
        values.add(entry.header());
        values.add(entry.sha256());
        values.add(entry.sameAs());
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

    private static @Nullable String cut(@Nullable String text) {
        return text == null ? null : cut(text, MAX_ERROR_BYTES);
    }

    /** Returns as much of a text as fits into a column of so many bytes. */
    static String cut(String text, int bytes) {
        if (text.getBytes(StandardCharsets.UTF_8).length <= bytes) {
            return text;
        }
        // A char is at most three bytes of UTF-8, a pair of surrogates four.
        String cut = text.substring(0, bytes / 3 - 1);
        return Character.isHighSurrogate(cut.charAt(cut.length() - 1)) ? cut.substring(0, cut.length() - 1) : cut;
    }
}
