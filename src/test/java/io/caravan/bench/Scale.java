package io.caravan.bench;

/**
 * How much data to measure with.
 *
 * @param share of the full size, which is what {@code docs/performance.md} names; positive
 */
record Scale(double share) {

    /** TPC-H's scale at which {@code lineitem} has 3 million rows, which is full size here. */
    private static final double FULL_LINE_ITEMS = 0.5;

    Scale {
        if (!(share > 0)) {
            throw new IllegalArgumentException("the scale is not positive: " + share);
        }
    }

    /** Returns so much of a full count; at least 1. */
    long of(long full) {
        return Math.max(1, Math.round(full * share));
    }

    /** Returns so much of 3 million rows. */
    LineItems lineItems() {
        return new LineItems(FULL_LINE_ITEMS * share);
    }
}
