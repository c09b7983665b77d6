package io.caravan.csv;

import static java.math.RoundingMode.DOWN;
import static java.math.RoundingMode.HALF_UP;
import static java.util.Objects.requireNonNull;

import io.caravan.base.ErrorCode;
import io.caravan.csv.record.RawText;
import io.caravan.csv.value.RefusedValueException;
import io.caravan.csv.value.Utf8;
import io.caravan.model.row.RepairedValue;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Replaces values that their columns refuse, where the feed says so, and tells in which rows that was done. */
final class Repairs {

    /** How many bytes of a replaced value are kept: enough to know it again, and no way to keep whole documents. */
    static final int MAX_ORIGINAL_BYTES = 1_024;

    private final @Nullable LoadedField[] fields;
    private final long[] rows;
    private final int[] inRecord;
    private final String[] originals;
    private int inRecordCount;

    Repairs(@Nullable LoadedField[] fields) {
        this.fields = fields;
        this.rows = new long[fields.length];
        this.inRecord = new int[fields.length];
        this.originals = new String[fields.length];
    }

    /** Forgets what was done to a record that is not loaded. */
    void beginRecord() {
        inRecordCount = 0;
    }

    /** Counts what was done to a record that is loaded, and returns it. */
    List<RepairedValue> endRecord(long line) {
        if (inRecordCount == 0) {
            return List.of();
        }
        List<RepairedValue> done = new ArrayList<>(inRecordCount);
        for (int i = 0; i < inRecordCount; i++) {
            LoadedField field = requireNonNull(fields[inRecord[i]]);
            rows[inRecord[i]]++;
            done.add(new RepairedValue(
                    line, field.column().name(), field.onInvalid(), RawText.of(originals[i], MAX_ORIGINAL_BYTES)));
        }
        return done;
    }

    /**
     * Returns what takes the place of a refused value.
     *
     * @throws RefusedValueException if nothing may
     */
    @Nullable
    String replace(int index, LoadedField field, String value, RefusedValueException refusal)
            throws RefusedValueException {
        @Nullable
        String replacement =
                switch (field.onInvalid()) {
                    case REJECT -> throw refusal;
                    case NULL -> null;
                    case TRUNCATE ->
                        field.text() ? cut(field, value, refusal) : field.rule().rounded(value, DOWN);
                    case ROUND -> field.rule().rounded(value, HALF_UP);
                };
        originals[inRecordCount] = value;
        inRecord[inRecordCount++] = index;
        return replacement;
    }

    private static String cut(LoadedField field, String value, RefusedValueException refusal)
            throws RefusedValueException {
        if (refusal.code() != ErrorCode.VALUE_TOO_LONG) {
            throw refusal;
        }
        return Utf8.cut(value, field.column().type().length());
    }

    List<Repair> done() {
        List<Repair> done = new ArrayList<>();
        for (int i = 0; i < rows.length; i++) {
            LoadedField field = fields[i];
            if (field != null && rows[i] > 0) {
                done.add(new Repair(field.column().name(), field.onInvalid(), rows[i]));
            }
        }
        return done;
    }
}
