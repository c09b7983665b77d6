package io.caravan.load.feed;

import java.time.Clock;
import java.util.random.RandomGenerator;

/**
 * The retries after failures.
 *
 * @param policy the number of tries, and the delays
 * @param patience the way to wait
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
