package io.caravan.spi;

import static java.util.Objects.requireNonNull;

/**
 * What became of an object that COPY was to read by itself.
 *
 * @param rows how many rows are staged; 0 if there is a doubt
 * @param doubt why nothing of it is staged, for people; empty if it is
 * @param isOfObject whether the doubt is about this object alone, so that others may well be staged
 */
public record DirectRows(long rows, String doubt, boolean isOfObject) {

    public DirectRows {
        requireNonNull(doubt, "doubt");
    }

    /** Returns that all rows of the object are staged. */
    public static DirectRows staged(long rows) {
        return new DirectRows(rows, "", true);
    }

    /** Returns that nothing is staged, for what the object holds. */
    public static DirectRows doubtful(String doubt) {
        return new DirectRows(0, doubt, true);
    }

    /** Returns whether the rows are staged. */
    public boolean areStaged() {
        return doubt.isEmpty();
    }
}
