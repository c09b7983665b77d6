package io.caravan.sandbox.value;

import java.time.Instant;

/** Time as PostgreSQL counts it: in microseconds, and days, since 2000-01-01. */
final class PostgresTime {

    static final long MICROS_PER_SECOND = 1_000_000;
    static final long MICROS_PER_DAY = 86_400 * MICROS_PER_SECOND;

    private static final long EPOCH_SECOND =
            Instant.parse("2000-01-01T00:00:00Z").getEpochSecond();
    private static final Instant FIRST = Instant.parse("0001-01-01T00:00:00Z");
    private static final Instant END = Instant.parse("+10000-01-01T00:00:00Z");

    private PostgresTime() {}

    /** Returns microseconds since midnight for those of any day; the end of a day stays. */
    static long ofDay(long micros) {
        return micros == MICROS_PER_DAY ? micros : Math.floorMod(micros, MICROS_PER_DAY);
    }

    /**
     * Returns microseconds since 2000-01-01, rounded as PostgreSQL rounds them.
     *
     * @param clock what the clock on the wall says, as if that were in UTC
     * @param value what the message of a failure names
     * @throws FieldException if the year is not one from 1 to 9999
     */
    static long micros(Instant clock, Object value) throws FieldException {
        if (clock.isBefore(FIRST) || !clock.isBefore(END)) {
            throw FieldException.ofPostgres("date/time field value out of range: \"" + value + '"');
        }
        return (clock.getEpochSecond() - EPOCH_SECOND) * MICROS_PER_SECOND
                + (long) Math.rint(clock.getNano() / 1e9 * MICROS_PER_SECOND);
    }
}
