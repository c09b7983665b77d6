package io.caravan.bench;

import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What {@code caravan.loads} says of a feed, which Caravan itself wrote. */
final class RunHistory {

    private final Bench bench;
    private final String feed;
    private final long before;

    /** Notes where the history ends now. */
    RunHistory(Bench bench, String feed) throws SQLException {
        this.bench = bench;
        this.feed = feed;
        this.before = count();
    }

    /** Returns how many rows the loads since then have read. */
    long rowsRead() throws SQLException {
        return count() == before ? 0 : figures(Duration.ZERO, 0).read();
    }

    /**
     * Returns what the loads since then did and took, all together: their time is from the beginning of the first to the end
     * of the last.
     *
     * @param command how long the command took that made them
     * @param peakResidentBytes how much memory it had; 0 if not known
     */
    LoadFigures figures(Duration command, long peakResidentBytes) throws SQLException {
        List<@Nullable String> row = bench.query(
                """
                SELECT SUM(rows_read), SUM(rows_inserted), SUM(rows_updated), SUM(rows_unchanged), SUM(rows_superseded),
                  (EXTRACT(EPOCH FROM MAX(ended_at) - MIN(started_at)) * 1000)::bigint,
                  SUM(reading_ms), SUM(staging_ms), SUM(merging_ms)
                FROM (SELECT * FROM caravan.loads WHERE feed = '%s' ORDER BY load_id OFFSET %d) AS loads"""
                        .formatted(feed, before));
        long[] n = row.stream()
                .mapToLong(text -> Long.parseLong(String.valueOf(text)))
                .toArray();
        return new LoadFigures(
                n[0],
                n[1],
                n[2],
                n[3],
                n[4],
                command,
                Duration.ofMillis(n[5]),
                Duration.ofMillis(n[6]),
                Duration.ofMillis(n[7]),
                Duration.ofMillis(n[8]),
                peakResidentBytes);
    }

    private long count() throws SQLException {
        if (bench.query("SELECT to_regclass('caravan.loads')").get(0) == null) {
            return 0;
        }
        return Long.parseLong(
                String.valueOf(bench.query("SELECT COUNT(*) FROM caravan.loads WHERE feed = '" + feed + "'")
                        .get(0)));
    }
}
