package io.caravan.load.feed;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** The tries of one thing, from its first to its last. Used by one thread. */
public final class Tries {

    private final RetryPolicy policy;
    private final Clock clock;
    private final RandomGenerator random;
    private final Instant started;
    private int failures;

    /** Begins now. */
    public Tries(RetryPolicy policy, Clock clock, RandomGenerator random) {
        this.policy = policy;
        this.clock = clock;
        this.random = random;
        this.started = clock.instant();
    }

    /** Returns how many have failed. */
    public int failures() {
        return failures;
    }

    public int maxTries() {
        return policy.maxTries();
    }

    /** Notes that a try has failed, and returns how long to wait for the next; empty if that was the last. */
    public Optional<Duration> failed() {
        failures++;
        Duration delay = policy.delay(failures, random);
        boolean inTime = !clock.instant().plus(delay).isAfter(started.plus(policy.maxTime()));
        return failures < policy.maxTries() && inTime ? Optional.of(delay) : Optional.empty();
    }
}
