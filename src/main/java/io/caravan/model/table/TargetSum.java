package io.caravan.model.table;

import static java.util.Objects.requireNonNull;

import java.math.BigInteger;

/**
 * What rows of a target come to, by which a change of any of them shows. Sums of rows that are not the same ones can be added.
 *
 * @param rows how many there are
 * @param hashes the sum of a hash of each row's loaded columns, as the warehouse reckons it; agrees with itself only
 */
public record TargetSum(long rows, BigInteger hashes) {

    public TargetSum {
        requireNonNull(hashes, "hashes");
    }

    /** Returns what is left without rows that are among them. */
    public TargetSum minus(TargetSum other) {
        return new TargetSum(rows - other.rows, hashes.subtract(other.hashes));
    }

    /** Returns what both come to. */
    public TargetSum plus(TargetSum other) {
        return new TargetSum(rows + other.rows, hashes.add(other.hashes));
    }
}
