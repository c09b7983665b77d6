package io.caravan.load.remember;

import io.caravan.csv.value.CanonicalRows;
import io.caravan.model.feed.Feed;
import io.caravan.model.table.Column;
import io.caravan.model.table.TargetTable;
import io.caravan.spi.Warehouse;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;

/** Compares the remembered rows of feeds with their targets, row by row. Changes nothing. */
public final class RememberedCheck {

    /**
     * The result of the comparison for one feed.
     *
     * @param equal rows of the target that are remembered with their present values
     * @param different rows of the target that are remembered with other values
     * @param onlyInTarget rows of the target that are not remembered
     * @param onlyRemembered remembered rows that the target does not have
     * @param differs whether the result shows a fault
     * @param detail for people
     */
    public record Result(
            long equal, long different, long onlyInTarget, long onlyRemembered, boolean differs, String detail) {

        static Result nothing(String detail) {
            return new Result(0, 0, 0, 0, false, detail);
        }
    }

    private final Remembering remembering;
    private final Warehouse warehouse;

    public RememberedCheck(Remembering remembering, Warehouse warehouse) {
        this.remembering = remembering;
        this.warehouse = warehouse;
    }

    /**
     * Compares a feed's remembered rows with its target.
     *
     * @throws io.caravan.base.CaravanException if the store or the warehouse cannot be read
     */
    public Result check(Feed feed) {
        try (InputStream in = remembering.files().open(feed.name()).orElse(null)) {
            return in == null
                    ? Result.nothing("remembers no rows")
                    : check(feed, new DataInputStream(new BufferedInputStream(in, 1 << 16)));
        } catch (IOException e) {
            return Result.nothing(
                    "what it remembers cannot be read, and the next load does without: " + e.getMessage());
        }
    }

    private Result check(Feed feed, DataInputStream in) throws IOException {
        RememberedHeader header = RememberedFormat.readHeader(in);
        TargetTable target = warehouse.describe(feed.target());
        List<Column> columns = header.columns().stream()
                .flatMap(described -> target.columns().stream()
                        .filter(column -> described.equals(RememberedHeader.described(column))))
                .toList();
        List<Column> keys = header.keys().stream()
                .flatMap(key -> named(columns, key).stream())
                .toList();
        if (!header.target().equals(feed.target().toString())
                || columns.size() < header.columns().size()
                || keys.size() < header.keys().size()) {
            return Result.nothing(
                    "what it remembers is of another table or of other columns, and the next load does without");
        }
        RowHashes hashes = new RowHashes(remembering.maxBytes());
        RememberedFormat.readEntries(header, in, hashes);
        return compare(feed, header, hashes, columns, keys);
    }

    private Result compare(
            Feed feed, RememberedHeader header, RowHashes hashes, List<Column> columns, List<Column> keys) {
        CanonicalRows canonical = new CanonicalRows(columns);
        RowHasher hasher = new RowHasher(columns, keys);
        long[] counts = new long[3];
        warehouse.readRows(feed.target(), columns, row -> {
            RowHash hash = hasher.hash(canonical.canonical(row));
            boolean isRemembered = hashes.state(hash) == RowHashes.UNSEEN;
            counts[!isRemembered ? 2 : hashes.hasRow(hash) ? 0 : 1]++;
            if (isRemembered) {
                hashes.put(hash, RowHashes.STAGED);
            }
        });
        long onlyRemembered = hashes.countUnseen();
        boolean isComplete = header.isComplete() && hashes.covered() == RowHashes.SEGMENTS;
        return new Result(
                counts[0],
                counts[1],
                counts[2],
                onlyRemembered,
                counts[1] + onlyRemembered > 0 || (isComplete && counts[2] > 0),
                (isComplete ? "all rows" : "some rows") + ", as of load " + header.loadId());
    }

    private static Optional<Column> named(List<Column> columns, String name) {
        return columns.stream().filter(column -> column.name().equals(name)).findFirst();
    }
}
