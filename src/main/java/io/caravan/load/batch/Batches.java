package io.caravan.load.batch;

import io.caravan.base.RejectedObjectException;
import io.caravan.model.feed.MergePolicy.Duplicates;
import io.caravan.model.row.Batch;
import io.caravan.model.row.ParsedRow;
import io.caravan.model.row.RejectedRow;
import io.caravan.model.row.RepairedValue;
import io.caravan.model.row.Row;
import io.caravan.model.table.Column;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/**
 * Cuts the rows of an object into batches, in each of which one row of a key supersedes the others. A batch ends with the
 * row that makes it large enough, in rows or in bytes.
 */
public final class Batches implements Iterator<Batch> {

    /** Rows may be of any width, and up to three batches are held at a time. */
    static final int MAX_BYTES = 8 * 1024 * 1024;

    /** Let go at its end: the exchange of an object lives as long as its load, and a reader may hold a long record. */
    private Iterator<? extends ParsedRow> rows;

    private final int rowsPerBatch;
    private final Duplicates winner;
    private final RowKeys keys;
    private @Nullable RejectedObjectException failure;
    private boolean ended;

    /**
     * Makes batches.
     *
     * @param rows the object's rows, in its order
     * @param columns the columns of a row's values
     * @param keys those of them that are matching keys; empty to leave rows that share their keys to the staging table
     * @param winner selects the row of a key that stays
     * @param rowsPerBatch most records in a batch; at least 1
     */
    public Batches(
            Iterator<? extends ParsedRow> rows,
            List<Column> columns,
            List<Column> keys,
            Duplicates winner,
            int rowsPerBatch) {
        this.rows = rows;
        this.rowsPerBatch = rowsPerBatch;
        this.winner = winner;
        this.keys = new RowKeys(columns, keys);
    }

    @Override
    public boolean hasNext() {
        return failure != null || (!ended && hasRow());
    }

    /** Where the rows cannot be read further, {@link #next} is to say so. */
    private boolean hasRow() {
        try {
            boolean hasNext = rows.hasNext();
            if (!hasNext) {
                end();
            }
            return hasNext;
        } catch (RejectedObjectException e) {
            end();
            failure = e;
            return true;
        }
    }

    /**
     * Returns the next batch. If the object proves unreadable in the middle of a batch, the rows before that point are a
     * batch of their own.
     *
     * @throws RejectedObjectException if the object can never be read further
     */
    @Override
    public Batch next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        if (failure != null) {
            RejectedObjectException once = failure;
            failure = null;
            throw once;
        }
        UniqueRows unique = new UniqueRows(keys, winner);
        List<RejectedRow> rejected = new ArrayList<>();
        List<RepairedValue> repaired = new ArrayList<>();
        int bytes = 0;
        for (int i = 0; i < rowsPerBatch && bytes < MAX_BYTES; i++) {
            ParsedRow parsed = nextRow(i == 0);
            if (parsed == null) {
                break;
            }
            bytes += parsed.memoryBytes();
            if (parsed instanceof RejectedRow rejectedRow) {
                rejected.add(rejectedRow);
            } else if (parsed instanceof Row row) {
                unique.add(row);
                repaired.addAll(row.repaired());
            }
        }
        return new Batch(unique.list(), rejected, repaired, unique.superseded());
    }

    private @Nullable ParsedRow nextRow(boolean first) {
        try {
            return rows.hasNext() ? rows.next() : null;
        } catch (RejectedObjectException e) {
            end();
            if (first) {
                throw e;
            }
            failure = e;
            return null;
        }
    }

    private void end() {
        ended = true;
        rows = Collections.emptyIterator();
    }
}
