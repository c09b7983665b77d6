package io.caravan.csv.value;

import io.caravan.model.table.ColumnType.Kind;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoField;
import java.time.temporal.TemporalAccessor;
import java.time.temporal.TemporalQueries;
import java.time.temporal.TemporalQuery;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A pattern that fits a column of dates or times. */
final class TemporalPattern {

    private static final ChronoField[] TIME_FIELDS =
            Stream.of(ChronoField.values()).filter(ChronoField::isTimeBased).toArray(ChronoField[]::new);

    /** No two of its parts are equal, so that a pattern that confuses them shows. */
    private static final ZonedDateTime SAMPLE = ZonedDateTime.of(2024, 2, 29, 13, 14, 15, 123_456_000, ZoneOffset.UTC);

    private static final Pattern LONG_FRACTION = Pattern.compile("[.,]([0-9]{9})([0-9]+)");

    private final String text;

    /** Whether it has fractions of seconds of any length. */
    private final boolean fractions;

    private final DateTimeFormatter formatter;

    /**
     * Takes a pattern, and tries it.
     *
     * @param text as {@link PatternText} has it
     * @throws IllegalArgumentException if it does not give what the type holds, or gives more
     */
    TemporalPattern(String text, Kind kind) {
        this.text = text;
        PatternText pattern = PatternText.parse(text);
        this.formatter = pattern.formatter();
        this.fractions = pattern.hasFractions();
        ZonedDateTime sample = SAMPLE.withYear(pattern.sampleYear());
        String all = formatter.format(sample);
        Optional<TemporalAccessor> read = read(formatter, all);
        read.ifPresent(parsed -> checkFits(kind, pattern, parsed, sample));
        boolean isRead = read.isPresent();
        for (DateTimeFormatter alternative : pattern.alternatives()) {
            String written = alternative.format(sample);
            Optional<TemporalAccessor> meant = read(alternative, written).filter(parsed -> isWhole(parsed, sample));
            if (meant.isPresent()) {
                checkFits(kind, pattern, meant.get(), sample);
                if (!isSame(meant, read(formatter, written))) {
                    throw unread(written);
                }
                isRead = true;
            }
        }
        if (!isRead) {
            throw unread(all);
        }
    }

    private static IllegalArgumentException unread(String written) {
        return new IllegalArgumentException("the pattern does not read what it writes, " + Names.quoted(written)
                + "; its optional parts are tried from left to right: put a longer one before one that begins in the same"
                + " way, and let no two say the same");
    }

    private static Optional<TemporalAccessor> read(DateTimeFormatter formatter, String written) {
        try {
            return Optional.of(formatter.parse(written));
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }

    private static boolean isSame(Optional<TemporalAccessor> meant, Optional<TemporalAccessor> found) {
        return Stream.<TemporalQuery<?>>of(
                        TemporalQueries.localDate(), TemporalQueries.localTime(), TemporalQueries.offset())
                .allMatch(part ->
                        meant.map(parsed -> parsed.query(part)).equals(found.map(parsed -> parsed.query(part))));
    }

    /** An optional part may leave out what others need. */
    private static boolean isWhole(TemporalAccessor parsed, ZonedDateTime sample) {
        return sample.toLocalDate().equals(parsed.query(TemporalQueries.localDate()))
                && (parsed.query(TemporalQueries.localTime()) != null || !hasTimeField(parsed));
    }

    private static void checkFits(Kind kind, PatternText pattern, TemporalAccessor parsed, ZonedDateTime sample) {
        if (!sample.toLocalDate().equals(parsed.query(TemporalQueries.localDate()))) {
            throw new IllegalArgumentException(
                    "the pattern gives no date; the year is yyyy or uuuu, the month MM, the day dd");
        }
        if (kind == Kind.DATE && hasTimeField(parsed)) {
            throw new IllegalArgumentException(
                    "the pattern has a time, which a DATE would drop; put into single quotes what is always the same");
        }
        if (parsed.query(TemporalQueries.localTime()) == null && hasTimeField(parsed)) {
            throw new IllegalArgumentException(
                    "the pattern has parts of a time and gives none; hours are HH, or hh with a, minutes mm");
        }
        if (parsed.query(TemporalQueries.zoneId()) != null) {
            throw new IllegalArgumentException(
                    "the pattern has the name of a zone, in which some hours come twice; use an offset, for example XXX");
        }
        if (kind != Kind.TIMESTAMPTZ && !pattern.isInUtc() && parsed.query(TemporalQueries.offset()) != null) {
            throw new IllegalArgumentException("the pattern has an offset from UTC, which " + kind + " would drop"
                    + (kind == Kind.TIMESTAMP ? "; write utc behind the pattern to have the time in UTC" : ""));
        }
        if (pattern.isInUtc() && kind == Kind.DATE) {
            throw new IllegalArgumentException("'utc' is for times, and a DATE has none; leave it out");
        }
    }

    private static boolean hasTimeField(TemporalAccessor parsed) {
        for (ChronoField field : TIME_FIELDS) {
            if (parsed.isSupported(field)) {
                return true;
            }
        }
        return false;
    }

    /** Reads a value; white space around it is ignored. */
    TemporalAccessor parse(String value) throws RefusedValueException {
        String stripped = Blanks.strip(value);
        try {
            return formatter.parse(fractions ? withoutDigitsBeyondNanos(stripped) : stripped);
        } catch (DateTimeParseException e) {
            // With a cause the text has the form, but its parts make no date or time. The messages hold the value.
            if (e.getCause() != null) {
                throw RefusedValueException.outOfRange(
                        "of the form " + Names.quoted(text) + ", but there is no such date or time");
            }
            throw malformed();
        }
    }

    /**
     * Of a longer fraction than Java reads, what is left out shows in the last digit that is kept: that it is more than Redshift
     * holds, and on which side of a half it is.
     */
    static String withoutDigitsBeyondNanos(String text) {
        Matcher fraction = LONG_FRACTION.matcher(text);
        if (!fraction.find()) {
            return text;
        }
        boolean says = fraction.group(2).chars().anyMatch(c -> c != '0');
        int last = fraction.end(1) - 1;
        return text.substring(0, last)
                + (says && text.charAt(last) == '0' ? '1' : text.charAt(last))
                + text.substring(fraction.end());
    }

    /** Returns the date of what was read, of the years 0001 to 9999. */
    LocalDate date(TemporalAccessor parsed) throws RefusedValueException {
        LocalDate date = parsed.query(TemporalQueries.localDate());
        if (date == null) {
            throw malformed();
        }
        TimestampText.checkYear(date.getYear());
        return date;
    }

    /** Returns the time of what was read; midnight if it has none. */
    LocalTime time(TemporalAccessor parsed) throws RefusedValueException {
        @Nullable LocalTime time = parsed.query(TemporalQueries.localTime());
        if (time != null) {
            return time;
        }
        // An optional part of the pattern may leave minutes without hours.
        if (hasTimeField(parsed)) {
            throw malformed();
        }
        return LocalTime.MIDNIGHT;
    }

    /** Returns the offset of what was read; UTC if it has none. */
    static ZoneOffset offset(TemporalAccessor parsed) {
        @Nullable ZoneOffset offset = parsed.query(TemporalQueries.offset());
        return offset == null ? ZoneOffset.UTC : offset;
    }

    private RefusedValueException malformed() {
        return RefusedValueException.format("not of the form " + Names.quoted(text));
    }
}
