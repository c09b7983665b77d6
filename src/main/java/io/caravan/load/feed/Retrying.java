package io.caravan.load.feed;

import java.time.Clock;
import java.util.random.RandomGenerator;

/**
 * How failures are tried again.
 *
 * @param policy how often, and after which delays
 * @param patience how to wait
 */
record Retrying(RetryPolicy policy, Patience patience, Clock clock, RandomGenerator random) {

    /** Returns the same with so many tries. */
    Retrying tries(int most) {
        return new Retrying(policy.tries(most), patience, clock, random);
    }

    /** Begins to count tries. */
    Tries begin() {
        return new Tries(policy, clock, random);
    }
}
