package io.caravan.csv.value;

import io.caravan.base.ErrorCode;
import java.math.RoundingMode;
import java.time.LocalDateTime;
import java.util.regex.Pattern;

/**
 * TIME and TIMETZ: hours and minutes, or finer; for TIMETZ then an offset, or nothing for UTC. Canonical as
 * {@code HH:MM:SS[.ffffff]}, without zeros at the fraction's end, for TIMETZ in UTC and with {@code +00}: by the offset it may
 * be a time of the day before or after.
 *
 * @see <a href="https://docs.aws.amazon.com/redshift/latest/dg/r_Datetime_types.html">Datetime types</a>
 */
final class TimeRule implements ValueRule {

    /** Any day: a time is read like that of a timestamp. */
    private static final String DAY = "2000-01-01 ";

    private static final String END_OF_DAY = "24:00:00";
    private static final Pattern MIDNIGHT_AT_END = Pattern.compile("24:00(:00(\\.0*)?)?(?=$|[ Z+-]|UTC)");

    private final TimestampRule timestamps;
    private final boolean zoned;

    TimeRule(boolean zoned) {
        this.timestamps = new TimestampRule(zoned);
        this.zoned = zoned;
    }

    @Override
    public String canonical(String value) throws RefusedValueException {
        return read(value, RoundingMode.UNNECESSARY);
    }

    @Override
    public String rounded(String value, RoundingMode mode) throws RefusedValueException {
        return read(value, mode);
    }

    private String read(String value, RoundingMode mode) throws RefusedValueException {
        String text = Blanks.strip(value);
        if (text.isEmpty()) {
            throw malformed(text);
        }
        boolean isEnd = MIDNIGHT_AT_END.matcher(text).lookingAt();
        String stamp = DAY + (isEnd ? "00" + text.substring(2) : text);
        try {
            String written =
                    mode == RoundingMode.UNNECESSARY ? timestamps.canonical(stamp) : timestamps.rounded(stamp, mode);
            String time = written.substring(DAY.length());
            boolean isMidnight = time.startsWith("00:00:00") && time.indexOf('.') < 0;
            // 24:00:00 is a time of its own, and what a time right before midnight is rounded to.
            return isMidnight && (isEnd || (!zoned && !written.startsWith(DAY)))
                    ? END_OF_DAY + time.substring(END_OF_DAY.length())
                    : time;
        } catch (RefusedValueException e) {
            throw e.code() == ErrorCode.VALUE_FORMAT ? malformed(text) : e;
        }
    }

    private RefusedValueException malformed(String text) {
        return RefusedValueException.format(
                zoned
                        ? "not of the form HH:MM:SS.ffffff+HH:MM, in which all after the minutes may be left out"
                        : DateText.hasDigits(text, 0, 2) && text.matches("[0-9:.]+ ?(Z|UTC|[+-][0-9:]+)")
                                ? "an offset from UTC, which a TIME column would drop; use TIMETZ"
                                : "not of the form HH:MM:SS.ffffff, in which all after the minutes may be left out");
    }

    /** Writes a time. */
    static String of(LocalDateTime time, boolean zoned) throws RefusedValueException {
        return TimestampText.of(time, zoned).substring(DAY.length());
    }
}
