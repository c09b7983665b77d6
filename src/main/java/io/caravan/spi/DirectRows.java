package io.caravan.spi;

import static java.util.Objects.requireNonNull;

/**
 * The result of staging an object by a COPY that reads the object itself.
 *
 * @param rows how many rows are staged; 0 if there is a doubt
 * @param doubt the reason, for people, why no row is staged; empty if the rows are staged
 * @param isOfObject whether the doubt is about this object alone, so that other objects may still be staged
 */
public record DirectRows(long rows, String doubt, boolean isOfObject) {

    public DirectRows {
        requireNonNull(doubt, "doubt");
    }

    /** Returns the result of an object whose rows are all staged. */
    public static DirectRows staged(long rows) {
        return new DirectRows(rows, "", true);
    }

    /** Returns the result of an object of which nothing is staged because of its content. */
    public static DirectRows doubtful(String doubt) {
        return new DirectRows(0, doubt, true);
    }

    /** Returns whether the rows are staged. */
    public boolean areStaged() {
        return doubt.isEmpty();
    }
}
