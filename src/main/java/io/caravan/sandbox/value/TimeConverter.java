package io.caravan.sandbox.value;

import java.nio.charset.StandardCharsets;
import java.time.LocalTime;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;

/**
 * TIME: hours, minutes, seconds, and up to six digits of a second.
 *
 * @see <a href="https://docs.aws.amazon.com/redshift/latest/dg/r_Datetime_types.html">Datetime types</a>
 */
final class TimeConverter implements FieldConverter {

    private static final int DIGITS = "HH:MM:SS.ffffff".length();

    @Override
    public void convert(byte[] bytes, int start, int end, CopyRows out) throws FieldException {
        int from = Blanks.start(bytes, start, end);
        int to = Blanks.end(bytes, from, end);
        try {
            if (to - from > DIGITS) {
                throw invalid();
            }
            LocalTime time = LocalTime.parse(new String(bytes, from, to - from, StandardCharsets.ISO_8859_1));
            out.timestamp(ChronoUnit.MICROS.between(LocalTime.MIDNIGHT, time));
        } catch (DateTimeParseException e) {
            throw invalid();
        }
    }

    private static FieldException invalid() {
        return new FieldException(1206, "Invalid time format or value [HH24:MI:SS]");
    }
}
