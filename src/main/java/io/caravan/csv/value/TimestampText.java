package io.caravan.csv.value;

import java.math.RoundingMode;
import java.time.LocalDateTime;
import java.time.temporal.ChronoField;

/** Timestamps as they are written: {@code YYYY-MM-DD HH:MM:SS[.ffffff]}, no zeros at the fraction's end. */
final class TimestampText {

    static final int MIN_YEAR = 1;
    static final int MAX_YEAR = 9999;

    private static final int NANOS_PER_MICRO = 1_000;

    private TimestampText() {}

    static void checkYear(int year) throws RefusedValueException {
        if (year < MIN_YEAR || year > MAX_YEAR) {
            throw RefusedValueException.outOfRange("the year is not between 0001 and 9999");
        }
    }

    /**
     * Returns a timestamp with as many digits of a second as Redshift keeps.
     *
     * @param mode HALF_UP, DOWN, or UNNECESSARY to refuse one that has more
     */
    static LocalDateTime toMicros(LocalDateTime timestamp, RoundingMode mode) throws RefusedValueException {
        int excess = timestamp.get(ChronoField.NANO_OF_SECOND) % NANOS_PER_MICRO;
        if (excess == 0) {
            return timestamp;
        }
        if (mode == RoundingMode.UNNECESSARY) {
            throw RefusedValueException.tooPrecise("more than 6 digits of a second, all that Redshift keeps");
        }
        boolean up = mode == RoundingMode.HALF_UP && excess >= NANOS_PER_MICRO / 2;
        return timestamp.plusNanos(up ? NANOS_PER_MICRO - excess : -excess);
    }

    /**
     * Writes a timestamp, which has at most six digits of a second.
     *
     * @param zoned whether it is in UTC, and says so
     */
    static String of(LocalDateTime timestamp, boolean zoned) throws RefusedValueException {
        checkYear(timestamp.getYear());
        StringBuilder text =
                new StringBuilder(29).append(timestamp.toLocalDate()).append(' ');
        appendTwo(text, timestamp.getHour()).append(':');
        appendTwo(text, timestamp.getMinute()).append(':');
        appendTwo(text, timestamp.getSecond());
        appendFraction(text, timestamp.getNano());
        return text.append(zoned ? "+00" : "").toString();
    }

    private static StringBuilder appendTwo(StringBuilder text, int number) {
        return text.append((char) ('0' + number / 10)).append((char) ('0' + number % 10));
    }

    private static void appendFraction(StringBuilder text, int nanos) {
        if (nanos == 0) {
            return;
        }
        text.append('.');
        int rest = nanos;
        for (int unit = 100_000_000; rest > 0; unit /= 10) {
            text.append((char) ('0' + rest / unit));
            rest %= unit;
        }
    }
}
