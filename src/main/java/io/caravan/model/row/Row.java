package io.caravan.model.row;

import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A record that passed validation.
 *
 * @param lineNumber line of the object at which the record starts, counted from 1 and including the header
 * @param values one for each loaded column, in the order of the load's columns, as text that means the same to COPY and to
 *     INSERT; null is NULL. Handed over, not copied: nobody changes it afterwards
 * @param raw the record as {@link RejectedRow#raw} has it; null where the load does not keep it
 * @param repaired what was done to values of it, so that it can be loaded; mostly empty
 */
public record Row(long lineNumber, List<@Nullable String> values, @Nullable String raw, List<RepairedValue> repaired)
        implements ParsedRow {

    /** Objects and references, whatever they hold. */
    private static final int OVERHEAD_BYTES = 80;

    /** Objects and references of a repaired value, whatever it was. */
    private static final int REPAIRED_BYTES = 80;

    /** A row of a load that does not keep records, all of whose values are those of the object. */
    public Row(long lineNumber, List<@Nullable String> values) {
        this(lineNumber, values, null);
    }

    /** A row all of whose values are those of the object. */
    public Row(long lineNumber, List<@Nullable String> values, @Nullable String raw) {
        this(lineNumber, values, raw, List.of());
    }

    public Row {
        repaired = List.copyOf(repaired);
        values = values instanceof PackedValues ? values : Collections.unmodifiableList(values);
    }

    @Override
    public int memoryBytes() {
        int bytes = values instanceof PackedValues packed ? packed.bytes(0) : textBytes(values);
        for (RepairedValue value : repaired) {
            bytes += REPAIRED_BYTES + Character.BYTES * value.original().length();
        }
        return OVERHEAD_BYTES + bytes + (raw == null ? 0 : Character.BYTES * raw.length());
    }

    private static int textBytes(List<@Nullable String> values) {
        int bytes = 0;
        for (String value : values) {
            bytes += value == null ? 0 : Character.BYTES * value.length();
        }
        return bytes;
    }
}
