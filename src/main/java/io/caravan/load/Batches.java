package io.caravan.load;

import io.caravan.base.RejectedObjectException;
import io.caravan.model.Batch;
import io.caravan.model.Column;
import io.caravan.model.MergePolicy.Duplicates;
import io.caravan.model.ParsedRow;
import io.caravan.model.RejectedRow;
import io.caravan.model.Row;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/** Cuts the rows of an object into batches, in each of which one row of a key supersedes the others. */
public final class Batches implements Iterator<Batch> {

    private final Iterator<? extends ParsedRow> rows;
    private final int rowsPerBatch;
    private final boolean firstWins;
    private final int[] keyPositions;
    private final boolean[] textKeys;
    private @Nullable RejectedObjectException failure;
    private boolean ended;

    /**
     * Makes batches.
     *
     * @param rows the object's rows, in its order
     * @param columns the columns of a row's values
     * @param keys those of them that are matching keys; empty to leave rows that share their keys to the staging table
     * @param winner which row of a key stays
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
        this.firstWins = winner == Duplicates.FIRST;
        this.keyPositions = keys.stream().mapToInt(columns::indexOf).toArray();
        this.textKeys = new boolean[keys.size()];
        for (int i = 0; i < textKeys.length; i++) {
            textKeys[i] = keys.get(i).type().kind().isText();
        }
    }

    @Override
    public boolean hasNext() {
        return failure != null || (!ended && rows.hasNext());
    }

    /**
     * Returns the next batch. If the object proves unreadable amid a batch, what was read before it is a batch of its own.
     *
     * @throws RejectedObjectException if the object can never be read further
     */
    @Override
    public Batch next() {
        if (failure != null) {
            RejectedObjectException once = failure;
            failure = null;
            throw once;
        }
        if (ended || !rows.hasNext()) {
            throw new NoSuchElementException();
        }
        List<@Nullable Row> kept = new ArrayList<>(rowsPerBatch);
        List<RejectedRow> rejected = new ArrayList<>();
        Map<Object, Integer> positions = new HashMap<>();
        long superseded = 0;
        for (int i = 0; i < rowsPerBatch; i++) {
            ParsedRow parsed = nextRow(i == 0);
            if (parsed == null) {
                break;
            }
            if (parsed instanceof RejectedRow rejectedRow) {
                rejected.add(rejectedRow);
            } else if (parsed instanceof Row row) {
                @Nullable Object key = keyPositions.length == 0 ? null : key(row);
                @Nullable Integer earlier = key == null ? null : positions.get(key);
                if (earlier != null) {
                    superseded++;
                    if (firstWins) {
                        continue;
                    }
                    kept.set(earlier, null);
                }
                if (key != null) {
                    positions.put(key, kept.size());
                }
                kept.add(row);
            }
        }
        List<Row> unique = new ArrayList<>(kept.size());
        for (Row row : kept) {
            if (row != null) {
                unique.add(row);
            }
        }
        return new Batch(unique, rejected, superseded);
    }

    private @Nullable ParsedRow nextRow(boolean first) {
        try {
            return rows.hasNext() ? rows.next() : null;
        } catch (RejectedObjectException e) {
            ended = true;
            if (first) {
                throw e;
            }
            failure = e;
            return null;
        }
    }

    private Object key(Row row) {
        if (keyPositions.length == 1) {
            return part(row, 0);
        }
        List<String> parts = new ArrayList<>(keyPositions.length);
        for (int i = 0; i < keyPositions.length; i++) {
            parts.add(part(row, i));
        }
        return parts;
    }

    /** Values are canonical, so equal text is an equal value; Redshift compares text without its trailing blanks. */
    private String part(Row row, int key) {
        String value = row.values().get(keyPositions[key]);
        if (value == null) {
            throw new IllegalStateException("a row with NULL in a matching key is a rejected row");
        }
        return textKeys[key] ? stripTrailingBlanks(value) : value;
    }

    private static String stripTrailingBlanks(String value) {
        int end = value.length();
        while (end > 0 && value.charAt(end - 1) == ' ') {
            end--;
        }
        return value.substring(0, end);
    }
}
