package io.caravan.csv.value;

import static io.caravan.csv.value.DateText.DATE_CHARS;
import static io.caravan.csv.value.DateText.hasAt;
import static io.caravan.csv.value.DateText.hasDigits;
import static io.caravan.csv.value.DateText.number;
import static io.caravan.csv.value.RefusedValueException.outOfRange;

import io.caravan.model.row.ValuePacker;
import java.math.RoundingMode;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;

/**
 * TIMESTAMP and TIMESTAMPTZ: a date, then a blank or T and a time to the minute or finer, or nothing for midnight; for
 * TIMESTAMPTZ then an offset, or nothing for UTC. Canonical as {@code YYYY-MM-DD HH:MM:SS[.ffffff]}, without zeros at the
 * fraction's end, for TIMESTAMPTZ in UTC and with {@code +00}.
 */
final class TimestampRule implements ValueRule {

    private static final int MINUTES_END = 16;
    private static final int SECONDS_END = 19;
    private static final int MAX_FRACTION_DIGITS = 6;
    private static final int MAX_OFFSET_HOURS = 15;
    private static final DateTimeFormatter TO_THE_SECOND = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss");

    private static final String UTC = "UTC";

    private final boolean zoned;
    private final boolean takesOffset;

    TimestampRule(boolean zoned) {
        this(zoned, zoned);
    }

    /**
     * @param zoned whether timestamps say that they are in UTC
     * @param takesOffset whether an offset from UTC is taken, by which they are brought into UTC
     */
    TimestampRule(boolean zoned, boolean takesOffset) {
        this.zoned = zoned;
        this.takesOffset = takesOffset;
    }

    @Override
    public String canonical(String value) throws RefusedValueException {
        String text = Blanks.strip(value);
        if (!DateText.startsWithDate(text)) {
            throw malformed();
        }
        DateText.checkDate(text);
        if (text.length() == DATE_CHARS) {
            return text + " 00:00:00" + (zoned ? "+00" : "");
        }
        int secondsEnd = checkTime(text);
        int fractionEnd = fractionEnd(text, secondsEnd);
        int offsetFrom = text.length() > fractionEnd && text.charAt(fractionEnd) == ' ' ? fractionEnd + 1 : fractionEnd;
        int offsetMinutes = offsetMinutes(text, offsetFrom);
        int significantEnd = significantEnd(text, secondsEnd, fractionEnd);
        boolean written = hasAt(text, DATE_CHARS, ' ') && secondsEnd == SECONDS_END && significantEnd == fractionEnd;
        if (written && text.length() == fractionEnd) {
            return zoned ? text + "+00" : text;
        }
        if (written && text.length() == fractionEnd + 3 && text.startsWith("+00", fractionEnd)) {
            return text;
        }
        return seconds(text, secondsEnd, offsetMinutes)
                + text.substring(secondsEnd, significantEnd)
                + (zoned ? "+00" : "");
    }

    @Override
    public String rounded(String value, RoundingMode mode) throws RefusedValueException {
        String text = Blanks.strip(value);
        int kept = SECONDS_END + 1 + MAX_FRACTION_DIGITS;
        if (!hasAt(text, SECONDS_END, '.') || !hasDigits(text, SECONDS_END + 1, kept + 1)) {
            return canonical(text);
        }
        int end = kept;
        while (hasDigits(text, end, end + 1)) {
            end++;
        }
        String written = canonical(text.substring(0, kept) + text.substring(end));
        if (mode == RoundingMode.DOWN || text.charAt(kept) < '5') {
            return written;
        }
        String local = zoned ? written.substring(0, written.length() - "+00".length()) : written;
        return TimestampText.of(LocalDateTime.parse(local.replace(' ', 'T')).plus(1, ChronoUnit.MICROS), zoned);
    }

    @Override
    public boolean pack(char[] text, int from, int to, ValuePacker packer, int place) {
        boolean isUsual =
                to - from == SECONDS_END && DateText.isUsualDate(text, from) && isUsualTime(text, from + DATE_CHARS);
        if (isUsual) {
            packer.putPlain(place, text, from, to, zoned ? "+00" : "");
        }
        return isUsual;
    }

    /** Returns whether a blank and a time to the second begin at an index. */
    private static boolean isUsualTime(char[] text, int from) {
        return text[from] == ' '
                && Digits.areAll(text, from + 1, from + 3)
                && DateText.number(text, from + 1) <= 23
                && text[from + 3] == ':'
                && Digits.areAll(text, from + 4, from + 6)
                && DateText.number(text, from + 4) <= 59
                && text[from + 6] == ':'
                && Digits.areAll(text, from + 7, from + 9)
                && DateText.number(text, from + 7) <= 59;
    }

    /** Checks the time of day, and returns where its seconds end, or its minutes if there are no seconds. */
    private int checkTime(String text) throws RefusedValueException {
        boolean separated = hasAt(text, DATE_CHARS, ' ') || hasAt(text, DATE_CHARS, 'T');
        if (!separated || !hasDigits(text, 11, 13) || !hasAt(text, 13, ':') || !hasDigits(text, 14, MINUTES_END)) {
            throw malformed();
        }
        boolean hasSeconds = hasAt(text, MINUTES_END, ':');
        if (hasSeconds && !hasDigits(text, 17, SECONDS_END)) {
            throw malformed();
        }
        if (number(text, 11, 13) > 23) {
            throw outOfRange("the hour is not between 00 and 23");
        }
        if (number(text, 14, MINUTES_END) > 59) {
            throw outOfRange("the minute is not between 00 and 59");
        }
        if (hasSeconds && number(text, 17, SECONDS_END) > 59) {
            throw outOfRange("the second is not between 00 and 59");
        }
        return hasSeconds ? SECONDS_END : MINUTES_END;
    }

    private int fractionEnd(String text, int secondsEnd) throws RefusedValueException {
        if (secondsEnd != SECONDS_END || !hasAt(text, SECONDS_END, '.')) {
            return secondsEnd;
        }
        int end = SECONDS_END + 1;
        while (hasDigits(text, end, end + 1)) {
            end++;
        }
        if (end == SECONDS_END + 1) {
            throw malformed();
        }
        return end;
    }

    /** Returns where the fraction ends when zeros that say nothing are left out. */
    private static int significantEnd(String text, int secondsEnd, int fractionEnd) throws RefusedValueException {
        int end = fractionEnd;
        while (end > secondsEnd && (text.charAt(end - 1) == '0' || text.charAt(end - 1) == '.')) {
            end--;
        }
        int digits = end - secondsEnd - 1;
        if (digits > MAX_FRACTION_DIGITS) {
            throw RefusedValueException.tooPrecise(
                    digits + " digits of a second, Redshift keeps " + MAX_FRACTION_DIGITS);
        }
        return end;
    }

    /** Reads Z, UTC, ±HH, ±HH:MM or ±HHMM. */
    private int offsetMinutes(String text, int from) throws RefusedValueException {
        int length = text.length() - from;
        if (length <= 0) {
            return 0;
        }
        char sign = text.charAt(from);
        if ((length == 1 && sign == 'Z') || (length == UTC.length() && text.endsWith(UTC))) {
            checkZoned();
            return 0;
        }
        boolean colon = hasAt(text, from + 3, ':');
        int minutesFrom = colon ? from + 4 : from + 3;
        boolean hasMinutes = text.length() > from + 3;
        boolean wellFormed = (sign == '+' || sign == '-')
                && hasDigits(text, from + 1, from + 3)
                && (!hasMinutes || (hasDigits(text, minutesFrom, minutesFrom + 2) && text.length() == minutesFrom + 2));
        if (!wellFormed) {
            throw malformed();
        }
        checkZoned();
        int hours = number(text, from + 1, from + 3);
        int minutes = hasMinutes ? number(text, minutesFrom, minutesFrom + 2) : 0;
        if (hours > MAX_OFFSET_HOURS || minutes > 59) {
            throw outOfRange("the offset from UTC is not between -15:59 and +15:59");
        }
        return (sign == '-' ? -1 : 1) * (hours * 60 + minutes);
    }

    private void checkZoned() throws RefusedValueException {
        if (!takesOffset) {
            throw RefusedValueException.format("an offset from UTC, which a TIMESTAMP column would drop in silence;"
                    + " use TIMESTAMPTZ, or the format utc to have the time in UTC");
        }
    }

    private static String seconds(String text, int secondsEnd, int offsetMinutes) throws RefusedValueException {
        if (offsetMinutes == 0) {
            return text.substring(0, DATE_CHARS) + " " + text.substring(11, secondsEnd)
                    + (secondsEnd == SECONDS_END ? "" : ":00");
        }
        LocalDateTime local = LocalDateTime.of(
                number(text, 0, 4),
                number(text, 5, 7),
                number(text, 8, DATE_CHARS),
                number(text, 11, 13),
                number(text, 14, MINUTES_END),
                secondsEnd == SECONDS_END ? number(text, 17, SECONDS_END) : 0);
        LocalDateTime utc = local.minusMinutes(offsetMinutes);
        if (utc.getYear() < 1 || utc.getYear() > 9999) {
            throw outOfRange("in UTC the year is not between 0001 and 9999");
        }
        return TO_THE_SECOND.format(utc);
    }

    private RefusedValueException malformed() {
        return RefusedValueException.format(
                takesOffset
                        ? "not of the form YYYY-MM-DD HH:MM:SS.ffffff+HH:MM, in which all after the date may be left out"
                        : "not of the form YYYY-MM-DD HH:MM:SS.ffffff, in which all after the date may be left out");
    }
}
