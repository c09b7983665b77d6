package io.caravan.csv.value;

import io.caravan.model.table.ColumnType.Kind;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoField;
import java.time.temporal.TemporalAccessor;
import java.time.temporal.TemporalQueries;
import org.jspecify.annotations.Nullable;

/** TIME or TIMETZ in a form of the feed's own, {@code h:mm a}. Canonical as in the standard form. */
final class TimePatternRule implements ValueRule {

    private static final ZonedDateTime SAMPLE = ZonedDateTime.of(2024, 2, 29, 13, 14, 15, 0, ZoneOffset.UTC);

    /** Neither the first nor the last that there is: an offset moves it. */
    private static final LocalDate ANY_DAY = LocalDate.of(2000, 1, 1);

    private final String text;
    private final DateTimeFormatter formatter;
    private final boolean zoned;

    /**
     * @throws IllegalArgumentException if the pattern does not give a time, or gives more
     */
    TimePatternRule(String text, Kind kind) {
        this.text = text;
        this.zoned = kind == Kind.TIMETZ;
        PatternText pattern = PatternText.parse(text);
        this.formatter = pattern.formatter();
        TemporalAccessor read = read(formatter.format(SAMPLE));
        if (read == null || read.query(TemporalQueries.localTime()) == null) {
            throw new IllegalArgumentException("the pattern gives no time; hours are HH, or hh with a, minutes mm");
        }
        if (read.isSupported(ChronoField.YEAR) || read.isSupported(ChronoField.MONTH_OF_YEAR)) {
            throw new IllegalArgumentException("the pattern has a date, which " + kind + " would drop");
        }
        if (!zoned && !pattern.isInUtc() && read.query(TemporalQueries.offset()) != null) {
            throw new IllegalArgumentException("the pattern has an offset from UTC, which " + kind + " would drop");
        }
        if (read.query(TemporalQueries.zoneId()) != null) {
            throw new IllegalArgumentException("the pattern has the name of a zone; use an offset, for example XXX");
        }
    }

    private @Nullable TemporalAccessor read(String value) {
        try {
            return formatter.parse(TemporalPattern.withoutDigitsBeyondNanos(Blanks.strip(value)));
        } catch (DateTimeParseException e) {
            return null;
        }
    }

    @Override
    public String canonical(String value) throws RefusedValueException {
        return rounded(value, RoundingMode.UNNECESSARY);
    }

    @Override
    public String rounded(String value, RoundingMode mode) throws RefusedValueException {
        TemporalAccessor read = read(value);
        LocalTime time = read == null ? null : read.query(TemporalQueries.localTime());
        if (read == null || time == null) {
            throw RefusedValueException.format("not of the form " + Names.quoted(text));
        }
        LocalDateTime utc =
                ANY_DAY.atTime(time).minusSeconds(TemporalPattern.offset(read).getTotalSeconds());
        return TimeRule.of(TimestampText.toMicros(utc, mode), zoned);
    }
}
