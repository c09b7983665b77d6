package io.caravan.load;

import java.time.Clock;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.random.RandomGenerator;

/** Makes the ids of loads: the time of the start in UTC, and 40 random bits, as in {@code 20261123T002620.123Z-9f1c03d2ab}. */
final class LoadIds {

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss.SSS'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

    private final Clock clock;
    private final RandomGenerator random;

    LoadIds(Clock clock, RandomGenerator random) {
        this.clock = clock;
        this.random = random;
    }

    String next() {
        return TIME.format(clock.instant()) + "-" + randomText();
    }

    /** Returns 10 characters that nobody can guess. */
    String randomText() {
        return String.format(Locale.ROOT, "%010x", random.nextLong() & 0xFF_FFFF_FFFFL);
    }
}
