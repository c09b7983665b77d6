package io.caravan.load.replay;

import io.caravan.base.ErrorCode;
import io.caravan.base.RejectedObjectException;
import io.caravan.model.row.ParsedRow;
import io.caravan.model.row.RejectedRow;
import io.caravan.model.row.Row;
import java.util.Iterator;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;

/** Rows made of rejected records, each with the line of its record in the original object. */
final class PlacedRows implements Iterator<ParsedRow> {

    private final Iterator<? extends ParsedRow> rows;
    private final ReplayedBody body;
    private final LongSupplier skipped;
    private final LongConsumer placed;
    private long placedSkipped;

    /**
     * Takes rows.
     *
     * @param rows the rows that the route made of the body's records
     * @param skipped the number of records so far of which no row was made; for these there is nothing more to do
     * @param placed gets each record's line
     */
    PlacedRows(Iterator<? extends ParsedRow> rows, ReplayedBody body, LongSupplier skipped, LongConsumer placed) {
        this.rows = rows;
        this.body = body;
        this.skipped = skipped;
        this.placed = placed;
    }

    @Override
    public boolean hasNext() {
        boolean hasNext = rows.hasNext();
        placeSkipped();
        if (!hasNext && body.nextLine().isPresent()) {
            throw otherRecords();
        }
        return hasNext;
    }

    @Override
    public ParsedRow next() {
        ParsedRow row = rows.next();
        placeSkipped();
        long line = place();
        if (row instanceof RejectedRow rejected) {
            return new RejectedRow(line, rejected.column(), rejected.code(), rejected.reason(), rejected.raw());
        }
        return placed((Row) row, line);
    }

    private static Row placed(Row row, long line) {
        return new Row(
                line,
                row.values(),
                row.raw(),
                row.repaired().stream().map(value -> value.at(line)).toList());
    }

    private void placeSkipped() {
        while (placedSkipped < skipped.getAsLong()) {
            place();
            placedSkipped++;
        }
    }

    private long place() {
        long line = body.nextLine().orElseThrow(PlacedRows::otherRecords);
        placed.accept(line);
        return line;
    }

    private static RejectedObjectException otherRecords() {
        return new RejectedObjectException(
                ErrorCode.OBJECT_UNREADABLE_CSV,
                "the steps of the feed's route do not make one row of each dead letter's record, so that nobody knows which"
                        + " is which; put the records into an object of their own under the feed's prefix");
    }
}
