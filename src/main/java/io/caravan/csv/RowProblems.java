package io.caravan.csv;

import static java.util.Objects.requireNonNull;

import io.caravan.base.ErrorCode;
import io.caravan.csv.value.Names;
import io.caravan.csv.value.Utf8;
import io.caravan.model.table.Column;
import org.jspecify.annotations.Nullable;

/**
 * What keeps a record from being a row: the first problem with its code and its column, and the reasons of all, as far as a dead
 * letter has room for them.
 */
final class RowProblems {

    /** A reason is a VARCHAR(2048), and may be said again with more around it. */
    private static final int MOST_BYTES = 1_536;

    private @Nullable Column column;
    private @Nullable ErrorCode code;
    private final StringBuilder reasons = new StringBuilder();
    private int count;
    private int untold;

    void clear() {
        count = 0;
        untold = 0;
    }

    boolean isEmpty() {
        return count == 0;
    }

    /** Adds the problem of a column. */
    void add(Column of, ErrorCode why, String reason) {
        if (count++ == 0) {
            column = of;
            code = why;
            reasons.setLength(0);
            reasons.append(reason);
            return;
        }
        String more = "; " + Names.quoted(of.name()) + ", " + why + ": " + reason;
        if (untold > 0 || Utf8.bytes(reasons.toString()) + Utf8.bytes(more) > MOST_BYTES) {
            untold++;
        } else {
            reasons.append(more);
        }
    }

    /** Returns the column of the first. */
    Column column() {
        return requireNonNull(column);
    }

    /** Returns the code of the first. */
    ErrorCode code() {
        return requireNonNull(code);
    }

    /** Returns the reason of the first, and those of the others behind their columns. */
    String reason() {
        return untold == 0 ? reasons.toString() : reasons + "; and " + untold + " more";
    }
}
