package io.caravan.sandbox.value;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * TIME and TIMETZ: hours, minutes, seconds, and up to six digits of a second, from 00:00:00 to 24:00:00; for TIMETZ an offset,
 * or none for UTC.
 *
 * @see <a href="https://docs.aws.amazon.com/redshift/latest/dg/r_Datetime_types.html">Datetime types</a>
 */
final class TimeConverter implements FieldConverter {

    private static final int DIGITS = "HH:MM:SS.ffffff".length();
    private static final Pattern END_OF_DAY = Pattern.compile("24:00(:00(\\.0*)?)?");
    private static final Pattern ZONED = Pattern.compile("([0-9:.]+) ?([+-]\\d\\d(:?\\d\\d)?|Z)?");

    private final boolean zoned;

    TimeConverter(boolean zoned) {
        this.zoned = zoned;
    }

    @Override
    public void convert(byte[] bytes, int start, int end, CopyRows out) throws FieldException {
        int from = Blanks.start(bytes, start, end);
        int to = Blanks.end(bytes, from, end);
        String text = new String(bytes, from, to - from, StandardCharsets.ISO_8859_1);
        if (!zoned) {
            out.time(micros(text));
            return;
        }
        Matcher parts = ZONED.matcher(text);
        if (!parts.matches()) {
            throw invalid();
        }
        out.timeInUtc(micros(parts.group(1)) - offset(parts.group(2)) * PostgresTime.MICROS_PER_SECOND);
    }

    private static long micros(String text) throws FieldException {
        if (END_OF_DAY.matcher(text).matches()) {
            return PostgresTime.MICROS_PER_DAY;
        }
        try {
            if (text.length() > DIGITS) {
                throw invalid();
            }
            return ChronoUnit.MICROS.between(LocalTime.MIDNIGHT, LocalTime.parse(text));
        } catch (DateTimeParseException e) {
            throw invalid();
        }
    }

    private static long offset(@Nullable String text) throws FieldException {
        try {
            return text == null ? 0 : ZoneOffset.of(text).getTotalSeconds();
        } catch (DateTimeException e) {
            throw invalid();
        }
    }

    private static FieldException invalid() {
        return new FieldException(1206, "Invalid time format or value [HH24:MI:SS]");
    }
}
