package io.caravan.load.feed;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * The number and the delays of tries after a failure.
 *
 * @param maxTries tries of a load before it counts as failed; at least 1
 * @param maxTime the time after the first try in which another may begin; afterwards the load counts as failed; not negative
 * @param firstDelay time before the second try; doubles with each further one, up to 60 times itself; not negative
 * @param failedDelay time before a failed load is tried again, without end; doubles each time, up to 10 times itself; not
 *     negative
 */
public record RetryPolicy(int maxTries, Duration maxTime, Duration firstDelay, Duration failedDelay) {

    /** Five tries in about a quarter of a minute, then one after a minute, and in the end one every ten minutes. */
    public static final RetryPolicy DEFAULT =
            new RetryPolicy(5, Duration.ofMinutes(10), Duration.ofSeconds(1), Duration.ofMinutes(1));

    private static final int LONGEST_DELAY = 60;
    private static final int LONGEST_PAUSE = 10;

    public RetryPolicy {
        requireNonNull(maxTime, "maxTime");
        requireNonNull(firstDelay, "firstDelay");
        requireNonNull(failedDelay, "failedDelay");
        if (maxTries < 1 || maxTime.isNegative() || firstDelay.isNegative() || failedDelay.isNegative()) {
            throw new IllegalArgumentException("maxTries is at least 1, and no time is negative");
        }
    }

    /** Returns the same with another number of tries. */
    RetryPolicy tries(int tries) {
        return new RetryPolicy(tries, maxTime, firstDelay, failedDelay);
    }

    /**
     * Returns the delay before the next try.
     *
     * @param failures how many have failed in a row; at least 1
     */
    Duration delay(int failures, RandomGenerator random) {
        return jittered(firstDelay, failures, LONGEST_DELAY, random);
    }

    /**
     * Returns the pause after a load counts as failed.
     *
     * @param failures how often in a row it has; at least 1
     */
    Duration pause(int failures, RandomGenerator random) {
        return jittered(failedDelay, failures, LONGEST_PAUSE, random);
    }

    /** Half of it is chance, so that those that failed together do not come back together. */
    private static Duration jittered(Duration first, int failures, int longest, RandomGenerator random) {
        long factor = failures > Integer.SIZE ? longest : Math.min(longest, 1L << (failures - 1));
        long millis = first.toMillis() * factor;
        return Duration.ofMillis(millis - (long) (millis / 2.0 * random.nextDouble()));
    }
}
