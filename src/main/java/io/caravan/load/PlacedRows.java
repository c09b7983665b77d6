package io.caravan.load;

import io.caravan.base.ErrorCode;
import io.caravan.base.RejectedObjectException;
import io.caravan.model.ParsedRow;
import io.caravan.model.RejectedRow;
import io.caravan.model.Row;
import java.util.Iterator;
import java.util.Optional;
import java.util.function.LongConsumer;

/** Rows made of rejected records, each with the line at which its record stands in the object that it came from. */
final class PlacedRows implements Iterator<ParsedRow> {

    private final Iterator<? extends ParsedRow> rows;
    private final ReplayedBody body;
    private final LongConsumer placed;

    /**
     * Takes rows.
     *
     * @param rows what the route made of the body's records
     * @param placed is told of each record's line
     */
    PlacedRows(Iterator<? extends ParsedRow> rows, ReplayedBody body, LongConsumer placed) {
        this.rows = rows;
        this.body = body;
        this.placed = placed;
    }

    @Override
    public boolean hasNext() {
        boolean hasNext = rows.hasNext();
        if (!hasNext && body.nextLine().isPresent()) {
            throw otherRecords();
        }
        return hasNext;
    }

    @Override
    public ParsedRow next() {
        ParsedRow row = rows.next();
        Optional<Long> next = body.nextLine();
        if (next.isEmpty()) {
            throw otherRecords();
        }
        long line = next.get();
        placed.accept(line);
        if (row instanceof RejectedRow rejected) {
            return new RejectedRow(line, rejected.column(), rejected.code(), rejected.reason(), rejected.raw());
        }
        return new Row(line, ((Row) row).values(), ((Row) row).raw());
    }

    private static RejectedObjectException otherRecords() {
        return new RejectedObjectException(
                ErrorCode.OBJECT_UNREADABLE_CSV,
                "the steps of the feed's route do not make one row of each dead letter's record, so that nobody knows which"
                        + " is which; put the records into an object of their own under the feed's prefix");
    }
}
