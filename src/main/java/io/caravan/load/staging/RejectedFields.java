package io.caravan.load.staging;

import io.caravan.model.feed.MergePlan;
import io.caravan.model.row.RejectedRow;
import io.caravan.spi.RowWriter;
import org.jspecify.annotations.Nullable;

/**
 * Writes rejected rows into their staging table.
 *
 * @param keys how many matching keys stand behind what the dead letters keep; all are NULL of a row that comes without
 */
record RejectedFields(int keys) {

    static RejectedFields of(MergePlan plan) {
        return new RejectedFields(plan.rejectedKeys().size());
    }

    /** Writes a rejected row of the object with this number. */
    void write(RowWriter writer, int number, RejectedRow row) {
        writer.field(number);
        writer.field(row.lineNumber());
        writer.field(row.column());
        writer.field(row.code().name());
        writer.field(row.reason());
        writer.field(row.raw());
        for (int i = 0; i < keys; i++) {
            @Nullable String key = row.keys().size() == keys ? row.keys().get(i) : null;
            writer.field(key);
        }
        writer.endRow();
    }
}
