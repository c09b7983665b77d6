package io.caravan.csv.value;

import java.math.RoundingMode;
import java.time.LocalDateTime;
import java.time.ZoneOffset;

/** TIMESTAMP or TIMESTAMPTZ as the number of seconds, or of parts of them, since 1970, in UTC. */
final class EpochRule implements ValueRule {

    private static final int MICROS_PER_SECOND = 1_000_000;
    private static final int MICRO_DIGITS = 6;
    private static final int NANOS_PER_MICRO = 1_000;

    /** So many digits of microseconds are no year that is taken. */
    private static final int TOO_MANY_DIGITS = 19;

    private static final long MIN_SECOND =
            LocalDateTime.of(TimestampText.MIN_YEAR, 1, 1, 0, 0).toEpochSecond(ZoneOffset.UTC);
    private static final long MAX_SECOND =
            LocalDateTime.of(TimestampText.MAX_YEAR, 12, 31, 23, 59, 59).toEpochSecond(ZoneOffset.UTC);

    /** How many digits after the point make microseconds. */
    private final int scale;

    private final boolean zoned;

    /**
     * @param digits of a second that are before the point: 0 for seconds, 3 for milliseconds
     */
    EpochRule(int digits, boolean zoned) {
        this.scale = MICRO_DIGITS - digits;
        this.zoned = zoned;
    }

    @Override
    public String canonical(String value) throws RefusedValueException {
        DecimalText number = read(value);
        if (number.fractionDigits() > scale) {
            throw RefusedValueException.tooPrecise((number.fractionDigits() + MICRO_DIGITS - scale)
                    + " digits of a second, Redshift keeps " + MICRO_DIGITS);
        }
        return write(number);
    }

    /** Of times a digit that is left out makes an earlier one, before 1970 too. */
    @Override
    public String rounded(String value, RoundingMode mode) throws RefusedValueException {
        DecimalText number = read(value);
        RoundingMode before1970 = mode == RoundingMode.DOWN ? RoundingMode.UP : RoundingMode.HALF_DOWN;
        return write(number.rounded(scale, number.negative() ? before1970 : mode));
    }

    private static DecimalText read(String value) throws RefusedValueException {
        return DecimalText.parse(Blanks.stripNumber(value), "number of seconds");
    }

    private String write(DecimalText number) throws RefusedValueException {
        long micros = 0;
        if (number.pointAt() + scale < TOO_MANY_DIGITS) {
            String digits = number.unscaled(scale);
            micros = digits.isEmpty() ? 0 : Long.parseLong(number.negative() ? "-" + digits : digits);
        }
        long seconds = Math.floorDiv(micros, (long) MICROS_PER_SECOND);
        if (number.pointAt() + scale >= TOO_MANY_DIGITS || seconds < MIN_SECOND || seconds > MAX_SECOND) {
            throw RefusedValueException.outOfRange("the year is not between 0001 and 9999");
        }
        int nanos = Math.floorMod(micros, MICROS_PER_SECOND) * NANOS_PER_MICRO;
        return TimestampText.of(LocalDateTime.ofEpochSecond(seconds, nanos, ZoneOffset.UTC), zoned);
    }
}
