package io.caravan.csv;

import static java.math.RoundingMode.DOWN;
import static java.math.RoundingMode.HALF_UP;

import io.caravan.base.ErrorCode;
import io.caravan.csv.value.RefusedValueException;
import io.caravan.csv.value.Utf8;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Replaces values that their columns refuse, where the feed says so, and counts the rows in which that was done. */
final class Repairs {

    private final @Nullable LoadedField[] fields;
    private final long[] rows;
    private final int[] inRecord;
    private int inRecordCount;

    Repairs(@Nullable LoadedField[] fields) {
        this.fields = fields;
        this.rows = new long[fields.length];
        this.inRecord = new int[fields.length];
    }

    /** Forgets what was done to a record that is not loaded. */
    void beginRecord() {
        inRecordCount = 0;
    }

    /** Counts what was done to a record that is loaded. */
    void endRecord() {
        for (int i = 0; i < inRecordCount; i++) {
            rows[inRecord[i]]++;
        }
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
