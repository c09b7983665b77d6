package io.caravan.load.feed;

import static org.assertj.core.api.Assertions.assertThat;

import io.caravan.testing.TestingClock;
import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The alarm of a feed that gets an object every so often. */
class MissingObjectTest {

    private static final Duration DAY = Duration.ofHours(24);

    private final TestingClock clock = new TestingClock();
    private final Instant begun = clock.instant();
    private final FeedHealth health = health(DAY);

    @Test
    void anObjectIsMissingWhenTheNewestIsTooOld() {
        Instant newest = begun.minusSeconds(60);
        assertThat(health.missingSince(newest)).isNull();
        clock.pass(DAY);
        assertThat(health.missingSince(newest)).isEqualTo(newest.plus(DAY));
        assertThat(health.missingSince(clock.instant())).isNull();
    }

    @Test
    void whereThereIsNoObjectTheTimeCountsFromTheStart() {
        clock.pass(DAY);
        assertThat(health.missingSince(null)).isNull();
        clock.passMillis(1);
        assertThat(health.missingSince(null)).isEqualTo(begun.plus(DAY));
    }

    @Test
    void itIsToldOnceUntilAnObjectArrives() {
        clock.pass(DAY.plusSeconds(1));
        assertThat(health.missingUntold(begun)).isEqualTo(begun.plus(DAY));
        assertThat(health.missingUntold(begun)).isNull();
        Instant arrived = clock.instant();
        assertThat(health.missingUntold(arrived)).isNull();
        clock.pass(DAY.plusSeconds(1));
        assertThat(health.missingUntold(arrived)).isEqualTo(arrived.plus(DAY));
    }

    @Test
    void aFeedThatExpectsNothingMissesNothing() {
        FeedHealth any = health(null);
        clock.pass(Duration.ofDays(1000));
        assertThat(any.missingSince(null)).isNull();
        assertThat(any.missingUntold(begun)).isNull();
    }

    private FeedHealth health(@Nullable Duration expectEvery) {
        return new FeedHealth("orders", RetryPolicy.DEFAULT, clock, new Random(1), expectEvery);
    }
}
