package io.caravan.redshift;

import io.caravan.model.ledger.Outcome;
import io.caravan.model.table.TableName;
import io.caravan.model.verify.LedgerLoad;
import io.caravan.model.verify.LedgerObject;
import io.caravan.redshift.connection.Jdbc;
import io.caravan.redshift.sql.VerifySql;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The committed loads of a target's ledger, whose entries stand one after another, over a connection of somebody else. */
final class LedgerLoads {

    private static final int POSITION = 6;
    private static final int LOAD = 7;
    private static final int FEED = 8;
    private static final int STARTED = 9;
    private static final int OUTCOME = 10;
    private static final int COUNTS = 11;
    private static final int SHA256 = 19;

    private record Entry(long position, String load, String feed, @Nullable Instant started, LedgerObject object) {}

    private LedgerLoads() {}

    /** Implements {@link io.caravan.spi.verify.VerifySession#readLoads}. */
    static List<LedgerLoad> read(Connection jdbc, TableName target, long position, int limit) throws SQLException {
        Optional<String> all =
                LedgerTables.exists(jdbc, target) ? LedgerTables.allObjects(jdbc, target) : Optional.empty();
        if (all.isEmpty()) {
            return List.of();
        }
        List<Entry> entries = new ArrayList<>();
        Jdbc.query(
                jdbc,
                VerifySql.readEntries(all.get(), false, limit),
                row -> entries.add(entry(row)),
                target.toString(),
                position);
        if (entries.size() == limit) {
            complete(jdbc, target, all.get(), position, entries);
        }
        return loads(entries);
    }

    /** The last load may have more entries; a load has as many as its memory could hold when it was one. */
    private static void complete(Connection jdbc, TableName target, String all, long position, List<Entry> entries)
            throws SQLException {
        String last = entries.get(entries.size() - 1).load();
        entries.removeIf(entry -> entry.load().equals(last));
        if (entries.isEmpty()) {
            Jdbc.query(
                    jdbc,
                    VerifySql.readEntries(all, true, Integer.MAX_VALUE),
                    row -> entries.add(entry(row)),
                    target.toString(),
                    position,
                    last);
        }
    }

    private static List<LedgerLoad> loads(List<Entry> entries) {
        List<LedgerLoad> loads = new ArrayList<>();
        int from = 0;
        for (int i = 1; i <= entries.size(); i++) {
            if (i == entries.size()
                    || !entries.get(i).load().equals(entries.get(from).load())) {
                Entry first = entries.get(from);
                loads.add(new LedgerLoad(
                        first.load(),
                        first.feed(),
                        first.started(),
                        first.position(),
                        entries.subList(from, i).stream().map(Entry::object).toList()));
                from = i;
            }
        }
        return loads;
    }

    private static Entry entry(ResultSet row) throws SQLException {
        @Nullable LocalDateTime started = row.getObject(STARTED, LocalDateTime.class);
        return new Entry(
                row.getLong(POSITION),
                row.getString(LOAD),
                row.getString(FEED),
                started == null ? null : started.toInstant(ZoneOffset.UTC),
                new LedgerObject(
                        LedgerTables.version(row),
                        Outcome.parse(row.getString(OUTCOME)),
                        RunHistory.counts(row, COUNTS),
                        row.getString(SHA256)));
    }
}
