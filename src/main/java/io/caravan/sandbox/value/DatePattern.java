package io.caravan.sandbox.value;

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

    LocalDate date(String text) throws FieldException {
        try {
            return LocalDate.parse(text, formatter);
        } catch (DateTimeException e) {
            throw new FieldException(1205, "Invalid Date Format");
        }
    }

    /** Returns an OffsetDateTime if the text has an offset, else a LocalDateTime. */
    TemporalAccessor timestamp(String text) throws FieldException {
        try {
            return formatter.parseBest(text, OffsetDateTime::from, LocalDateTime::from);
        } catch (DateTimeException e) {
            throw new FieldException(1206, "Invalid timestamp format or value");
        }
    }
}
