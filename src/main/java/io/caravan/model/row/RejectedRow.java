package io.caravan.model.row;

import static java.util.Objects.requireNonNull;

import io.caravan.base.ErrorCode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A record that can never load as it is.
 *
 * @param lineNumber line of the object at which the record starts, counted from 1 and including the header
 * @param column name of the column whose value was refused; null if the record as a whole was
 * @param code why, for programs
 * @param reason why, for people; never holds the value, unless the warehouse refused it and says so
 * @param raw the record as it stands in the object, without its line break; bytes that are not of the charset, and NUL,
 *     are written {@code \xHH}. Of a record that the warehouse refused, the loaded columns as they were sent to it
 * @param keys the values of the matching keys, canonical, in the feed's order; empty if one of them cannot be read, or nobody
 *     needs them: only a load that takes away the rows that its object lacks does
 */
public record RejectedRow(
        long lineNumber, @Nullable String column, ErrorCode code, String reason, String raw, List<String> keys)
        implements ParsedRow {

    /** Objects and references, whatever they hold. */
    private static final int OVERHEAD_BYTES = 160;

    /** A rejected row without its keys. */
    public RejectedRow(long lineNumber, @Nullable String column, ErrorCode code, String reason, String raw) {
        this(lineNumber, column, code, reason, raw, List.of());
    }

    public RejectedRow {
        requireNonNull(code, "code");
        requireNonNull(reason, "reason");
        requireNonNull(raw, "raw");
        keys = List.copyOf(keys);
    }

    @Override
    public int memoryBytes() {
        int chars = raw.length() + reason.length();
        for (String key : keys) {
            chars += key.length();
        }
        return OVERHEAD_BYTES + Character.BYTES * chars;
    }
}
