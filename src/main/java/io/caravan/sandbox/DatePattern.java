package io.caravan.sandbox;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.time.temporal.TemporalAccessor;
import java.util.Locale;

/**
 * A DATEFORMAT or TIMEFORMAT that is not the default, read by java.time.
 *
 * @see <a href="https://docs.aws.amazon.com/redshift/latest/dg/r_DATEFORMAT_and_TIMEFORMAT_strings.html">the strings</a>
 */
final class DatePattern {

    private final DateTimeFormatter formatter;

    DatePattern(String redshift) {
        String java = redshift.replace("HH24", "HH")
                .replace("HH12", "hh")
                .replace("YYYY", "uuuu")
                .replace("YY", "uu")
                .replace("MONTH", "MMMM")
                .replace("MON", "MMM")
                .replace("DD", "dd")
                .replace("MI", "mm")
                .replace("SS", "ss")
                .replace("OF", "[XXX][XX][X]")
                .replace("T", "'T'")
                .replace("AM", "a")
                .replace("PM", "a");
        this.formatter = new DateTimeFormatterBuilder()
                .parseCaseInsensitive()
                .appendPattern(java)
                .toFormatter(Locale.ROOT)
                .withResolverStyle(ResolverStyle.STRICT);
    }

    String date(String text) throws FieldException {
        try {
            return LocalDate.parse(text, formatter).toString();
        } catch (DateTimeException e) {
            throw new FieldException(1205, "Invalid Date Format");
        }
    }

    /** Returns a point in time if the text has an offset and the column wants one, else what the clock on the wall says. */
    String timestamp(String text, boolean zoned) throws FieldException {
        try {
            TemporalAccessor time = formatter.parseBest(text, OffsetDateTime::from, LocalDateTime::from);
            return zoned ? time.toString() : LocalDateTime.from(time).toString();
        } catch (DateTimeException e) {
            throw new FieldException(1206, "Invalid timestamp format or value");
        }
    }
}
