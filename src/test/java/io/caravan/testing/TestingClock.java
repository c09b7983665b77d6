package io.caravan.testing;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** A clock that stands still until it is told to move. */
public final class TestingClock extends Clock {

    private Instant now = Instant.EPOCH;

    public void passMillis(long millis) {
        now = now.plusMillis(millis);
    }

    public void passSeconds(long seconds) {
        now = now.plusSeconds(seconds);
    }

    public void pass(Duration time) {
        now = now.plus(time);
    }

    @Override
    public Instant instant() {
        return now;
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return this;
    }
}
