package io.caravan.redshift;

import static java.util.Objects.requireNonNull;

import io.caravan.redshift.connection.Jdbc;
import io.caravan.redshift.sql.StagingSql;
import io.caravan.spi.StagingTable;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;

/** Counts of staged rows by their objects; an object without rows is not in a map. */
final class StagedCounts {

    private StagedCounts() {}

    /** Counts what a statement says, which returns objects and counts. */
    static Map<Integer, Long> byObject(Connection jdbc, String sql) throws SQLException {
        Map<Integer, Long> counts = new HashMap<>();
        Jdbc.query(jdbc, sql, row -> counts.put(row.getInt(1), row.getLong(2)));
        return counts;
    }

    /** Counts rows and rejected rows, all at once. */
    static Map<StagingTable, Map<Integer, Long>> ofBothKinds(Connection jdbc) throws SQLException {
        Map<StagingTable, Map<Integer, Long>> counts = new EnumMap<>(StagingTable.class);
        counts.put(StagingTable.ROWS, new HashMap<>());
        counts.put(StagingTable.REJECTED, new HashMap<>());
        Jdbc.query(jdbc, StagingSql.countStaged(), row -> requireNonNull(
                        counts.get(StagingTable.valueOf(row.getString(1))))
                .put(row.getInt(2), row.getLong(3)));
        return counts;
    }
}
