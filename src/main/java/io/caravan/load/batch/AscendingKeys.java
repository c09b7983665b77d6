package io.caravan.load.batch;

import io.caravan.model.row.Row;
import org.jspecify.annotations.Nullable;

/**
 * Checks whether the keys of rows ascend from each row to the next. Then no two rows share their keys, and no lookup is
 * needed.
 */
final class AscendingKeys {

    private final RowKeys keys;
    private @Nullable Row last;
    private boolean ascend = true;

    AscendingKeys(RowKeys keys) {
        this.keys = keys;
    }

    /** Takes the next row; returns whether the keys of all rows so far ascend. */
    boolean add(Row row) {
        ascend = ascend && (last == null || keys.follows(last, row));
        last = row;
        return ascend;
    }

    /** Returns whether the keys of all rows so far ascend. */
    boolean ascend() {
        return ascend;
    }
}
