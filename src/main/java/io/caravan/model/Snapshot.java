package io.caravan.model;

import static java.util.Objects.requireNonNull;

/**
 * An object that is all there is: the target's rows that it lacks are taken away, but for those that its rejected rows may stand
 * for.
 *
 * @param number the number of the object in the load
 * @param stays which rows of the target stay as they are though no row of the object has their keys
 */
public record Snapshot(int number, Stays stays) {

    /** Rows of the target that stay as they are. */
    public enum Stays {
        /** None: the object has no rejected rows. */
        NOTHING,
        /** Those whose keys rejected rows of the object have. */
        REJECTED,
        /** All: of a rejected row of the object nobody knows the keys. */
        EVERYTHING
    }

    public Snapshot {
        requireNonNull(stays, "stays");
    }
}
