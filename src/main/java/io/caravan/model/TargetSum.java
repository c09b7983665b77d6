package io.caravan.model;

import static java.util.Objects.requireNonNull;

import java.math.BigInteger;

/**
 * What rows of a target come to, by which a change of any of them shows. Sums of rows that are not the same ones can be added.
 *
 * @param rows how many there are
 * @param hashes the sum of a hash of each row's loaded columns, as the warehouse reckons it; agrees with itself only
 * @param mixed the sum of another number made of that hash
 */
public record TargetSum(long rows, BigInteger hashes, BigInteger mixed) {

    public TargetSum {
        requireNonNull(hashes, "hashes");
        requireNonNull(mixed, "mixed");
    }

    /** Returns what is left without rows that are among them. */
    public TargetSum minus(TargetSum other) {
        return new TargetSum(rows - other.rows, hashes.subtract(other.hashes), mixed.subtract(other.mixed));
    }

    /** Returns what both come to. */
    public TargetSum plus(TargetSum other) {
        return new TargetSum(rows + other.rows, hashes.add(other.hashes), mixed.add(other.mixed));
    }
}
