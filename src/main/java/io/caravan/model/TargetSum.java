package io.caravan.model;

import static java.util.Objects.requireNonNull;

/**
 * What a target's rows come to, by which a change of any of them shows.
 *
 * @param rows how many there are
 * @param checksum of the values of certain columns, as the warehouse reckons it; agrees with itself only
 */
public record TargetSum(long rows, String checksum) {

    public TargetSum {
        requireNonNull(checksum, "checksum");
    }
}
