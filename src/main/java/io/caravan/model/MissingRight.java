package io.caravan.model;

import static java.util.Objects.requireNonNull;

/**
 * A right that the warehouse's user lacks.
 *
 * @param what the user and the right, for people; a sentence without its full stop
 * @param statement what gives the right, for somebody who may; SQL
 * @param isNeeded whether nothing of a feed loads without it; otherwise some objects may do without
 */
public record MissingRight(String what, String statement, boolean isNeeded) {

    public MissingRight {
        requireNonNull(what, "what");
        requireNonNull(statement, "statement");
    }
}
