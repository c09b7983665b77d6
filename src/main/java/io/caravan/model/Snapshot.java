package io.caravan.model;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * An object that is all there is, alone or with others: the target's rows that it lacks are taken away, but for those that its rejected rows may stand
 * for.
 *
 * @param number the number of the object in the load
 * @param stays which rows of the target stay as they are though no row of the object has their keys
 * @param rejecting the numbers of the objects whose rejected rows count: its own, and those of others that are one snapshot with it
 */
public record Snapshot(int number, Stays stays, List<Integer> rejecting) {

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
        rejecting = List.copyOf(rejecting);
    }

    /** A snapshot of one object. */
    public Snapshot(int number, Stays stays) {
        this(number, stays, List.of(number));
    }
}
