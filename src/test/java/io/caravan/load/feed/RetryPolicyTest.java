package io.caravan.load.feed;

import static org.assertj.core.api.Assertions.assertThat;

import io.caravan.testing.TestingClock;
import java.time.Duration;
import java.util.Random;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RetryPolicyTest {

    private static final RetryPolicy POLICY = RetryPolicy.DEFAULT;

    /** Takes nothing off. */
    private static final RandomGenerator LEAST = () -> 0;

    @Test
    void delaysDoubleUpToAMinute() {
        assertThat(IntStream.rangeClosed(1, 8).mapToObj(failures -> POLICY.delay(failures, LEAST)))
                .extracting(Duration::toSeconds)
                .containsExactly(1L, 2L, 4L, 8L, 16L, 32L, 60L, 60L);
        assertThat(POLICY.delay(Integer.MAX_VALUE, LEAST)).isEqualTo(Duration.ofMinutes(1));
    }

    @Test
    void pausesDoubleUpToTenMinutes() {
        assertThat(IntStream.rangeClosed(1, 6).mapToObj(failures -> POLICY.pause(failures, LEAST)))
                .extracting(Duration::toMinutes)
                .containsExactly(1L, 2L, 4L, 8L, 10L, 10L);
        assertThat(POLICY.pause(Integer.MAX_VALUE, LEAST)).isEqualTo(Duration.ofMinutes(10));
    }

    @Test
    void upToHalfOfADelayIsLeftToChance() {
        long seed = System.nanoTime();
        Random random = new Random(seed);

        assertThat(IntStream.range(0, 1_000).mapToObj(i -> POLICY.delay(4, random)))
                .as("seed " + seed)
                .allMatch(delay -> delay.toMillis() >= 4_000 && delay.toMillis() <= 8_000)
                .anyMatch(delay -> delay.toMillis() < 4_500)
                .anyMatch(delay -> delay.toMillis() > 7_500);
    }

    @Test
    void triesEndWithTheirNumber() {
        Tries tries = new Tries(POLICY, new TestingClock(), LEAST);

        assertThat(IntStream.range(0, 4).mapToObj(i -> tries.failed())).allMatch(delay -> delay.isPresent());
        assertThat(tries.failed()).isEmpty();
        assertThat(tries.failures()).isEqualTo(5);
    }

    @Test
    void triesEndWithTheirTime() {
        TestingClock clock = new TestingClock();
        Tries tries = new Tries(POLICY, clock, LEAST);

        clock.pass(POLICY.maxTime().minusSeconds(1));
        assertThat(tries.failed()).contains(Duration.ofSeconds(1));
        assertThat(tries.failed()).isEmpty();
    }
}
