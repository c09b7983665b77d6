package io.caravan.load.tally;

import java.time.Clock;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;

/** Makes the ids of loads: the time of the start in UTC, and 40 random bits, as in {@code 20261123T002620.123Z-9f1c03d2ab}. */
public final class LoadIds {

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss.SSS'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

    private static final Pattern ID = Pattern.compile("[0-9]{8}T[0-9]{6}\\.[0-9]{3}Z-[0-9a-f]{10}");

    private final Clock clock;
    private final RandomGenerator random;

    public LoadIds(Clock clock, RandomGenerator random) {
        this.clock = clock;
        this.random = random;
    }

    public String next() {
        return TIME.format(clock.instant()) + "-" + randomText();
    }

    /** Returns whether this may be the id of a load. */
    public static boolean isId(String text) {
        return ID.matcher(text).matches();
    }

    /** Returns 10 characters that nobody can guess. */
    public String randomText() {
        return String.format(Locale.ROOT, "%010x", random.nextLong() & 0xFF_FFFF_FFFFL);
    }
}
