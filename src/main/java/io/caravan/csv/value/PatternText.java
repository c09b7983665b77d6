package io.caravan.csv.value;

import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoField;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * A pattern as feeds write it: one of {@link DateTimeFormatter}, and behind it the first of the hundred years that its years
 * of two digits mean, {@code M/d/yy from 1930}.
 */
final class PatternText {

    /** The first of the years, where a pattern has none of two digits. */
    private static final int NONE = 0;

    private static final int MAX_FRACTION_DIGITS = 9;
    private static final String EXAMPLE = "M/d/yy from 1930, for 1930 to 2029";
    private static final Pattern UTC = Pattern.compile("(.*\\S)\\s+utc", Pattern.DOTALL | Pattern.CASE_INSENSITIVE);
    private static final Pattern CENTURY = Pattern.compile("(.*\\S)\\s+from\\s+([0-9]{4})", Pattern.DOTALL);

    private final String pattern;
    private final int firstYear;
    private final boolean inUtc;

    private PatternText(String pattern, int firstYear, boolean inUtc) {
        this.pattern = pattern;
        this.firstYear = firstYear;
        this.inUtc = inUtc;
    }

    /**
     * Reads a pattern.
     *
     * @throws IllegalArgumentException if it does not say which year is meant
     */
    static PatternText parse(String text) {
        Matcher utc = UTC.matcher(text);
        boolean inUtc = utc.matches();
        String zoned = inUtc ? utc.group(1) : text;
        Matcher century = CENTURY.matcher(zoned);
        boolean saysYears = century.matches();
        String pattern = saysYears ? century.group(1) : zoned;
        int firstYear = saysYears ? Integer.parseInt(century.group(2)) : NONE;
        boolean isShort = hasShortYear(pattern);
        if (isShort && !saysYears) {
            throw new IllegalArgumentException(
                    "a year of two digits says no century; write the first of the hundred years"
                            + " that are meant behind the pattern: " + EXAMPLE);
        }
        if (saysYears && !isShort) {
            throw new IllegalArgumentException(
                    "'from' says which years those of two digits are, and the pattern has no yy; leave it out");
        }
        if (saysYears && (firstYear < TimestampText.MIN_YEAR || firstYear + 99 > TimestampText.MAX_YEAR)) {
            throw new IllegalArgumentException("the hundred years from " + century.group(2) + " are not between "
                    + "0001 and 9999, all that Redshift holds");
        }
        return new PatternText(pattern, firstYear, inUtc);
    }

    /** Returns whether times are to be brought into UTC, where the type has no zone. */
    boolean isInUtc() {
        return inUtc;
    }

    /** Returns whether a part of it reads fractions of a second of any length. */
    boolean hasFractions() {
        return IntStream.range(0, pattern.length()).anyMatch(i -> isFraction(pattern, i));
    }

    /** Returns a leap year among those that are meant, with digits that are none of a usual month, day or hour. */
    int sampleYear() {
        return firstYear == NONE ? 2024 : firstYear + Math.floorMod(24 - firstYear, 100);
    }

    /** Returns what reads the pattern: strict, with the names of months and days in English, in any case of their letters. */
    DateTimeFormatter formatter() {
        return formatter(pattern);
    }

    /** Returns what reads the pattern with one of its optional parts, for each, and with none; empty if it has none. */
    List<DateTimeFormatter> alternatives() {
        List<int[]> parts = optionalParts();
        List<DateTimeFormatter> alternatives = new ArrayList<>();
        for (int kept = parts.isEmpty() ? 0 : -1; kept < parts.size(); kept++) {
            StringBuilder text = new StringBuilder();
            int from = 0;
            for (int i = 0; i < parts.size(); i++) {
                int end = i == kept ? parts.get(i)[1] : parts.get(i)[0];
                text.append(pattern, from, end);
                from = parts.get(i)[1];
            }
            alternatives.add(
                    formatter(text.append(pattern, from, pattern.length()).toString()));
        }
        return alternatives;
    }

    private DateTimeFormatter formatter(String text) {
        DateTimeFormatterBuilder builder = new DateTimeFormatterBuilder().parseCaseInsensitive();
        int from = 0;
        for (int i = 0; i < text.length(); i = runEnd(text, i)) {
            int end = runEnd(text, i);
            boolean isShortYear = isYear(text.charAt(i)) && end - i == 2;
            if (!isShortYear && !isFraction(text, i)) {
                continue;
            }
            builder.appendPattern(text.substring(from, i));
            if (isShortYear) {
                ChronoField year = text.charAt(i) == 'u' ? ChronoField.YEAR : ChronoField.YEAR_OF_ERA;
                builder.appendValueReduced(year, 2, 2, LocalDate.of(firstYear, 1, 1));
            } else {
                builder.appendFraction(ChronoField.NANO_OF_SECOND, 1, MAX_FRACTION_DIGITS, false);
            }
            from = end;
        }
        return builder.appendPattern(text.substring(from))
                // In strict style 'yyyy' is a year of an era, and no year without it.
                .parseDefaulting(ChronoField.ERA, 1)
                .toFormatter(Locale.ROOT)
                .withResolverStyle(ResolverStyle.STRICT);
    }

    /** Returns whether the pattern has a year of two digits; of other lengths than two and four there must be none. */
    private static boolean hasShortYear(String pattern) {
        boolean isShort = false;
        for (int i = 0; i < pattern.length(); i = runEnd(pattern, i)) {
            char letter = pattern.charAt(i);
            int length = runEnd(pattern, i) - i;
            if (isYear(letter) && length != 2 && length != 4) {
                throw new IllegalArgumentException(pattern.substring(i, i + length)
                        + " takes years of other lengths, and 99 for the year 99; write yyyy, or yy with the first of the"
                        + " hundred years that are meant: " + EXAMPLE);
            }
            if (letter == 'Y' && length != 4) {
                throw new IllegalArgumentException(pattern.substring(i, i + length)
                        + " is the year of a week; the year is yyyy, or yy with the first of the hundred years that are"
                        + " meant: " + EXAMPLE);
            }
            if (letter == 'S' && length > MAX_FRACTION_DIGITS) {
                throw new IllegalArgumentException(
                        "a fraction of a second has at most 9 digits, SSSSSSSSS, of which Redshift keeps 6");
            }
            isShort |= isYear(letter) && length == 2;
        }
        return isShort;
    }

    /** Returns the optional parts that are not inside of others, each with where it begins and ends. */
    private List<int[]> optionalParts() {
        List<int[]> parts = new ArrayList<>();
        int depth = 0;
        int start = 0;
        for (int i = 0; i < pattern.length(); i = runEnd(pattern, i)) {
            for (int j = i; j < runEnd(pattern, i); j++) {
                char c = pattern.charAt(j);
                if (c == '[' && depth++ == 0) {
                    start = j;
                } else if (c == ']' && --depth == 0) {
                    parts.add(new int[] {start, j + 1});
                }
                if (c == '\'') {
                    break;
                }
            }
        }
        return parts;
    }

    /**
     * Returns whether a run of S begins at an index that is a fraction of any length: behind a point or a comma, where no digit
     * but its own can follow.
     */
    private static boolean isFraction(String text, int at) {
        int end = runEnd(text, at);
        boolean isBehindMark = at > 0
                && text.charAt(at) == 'S'
                && (isMark(text, at - 1) || (at > 2 && text.charAt(at - 1) == '\'' && isMark(text, at - 2)));
        return isBehindMark
                && (end == text.length() || !Character.isLetter(text.charAt(end)) || isOffset(text.charAt(end)));
    }

    private static boolean isMark(String text, int at) {
        return text.charAt(at) == '.' || text.charAt(at) == ',';
    }

    private static boolean isOffset(char letter) {
        return "XxZOazVv".indexOf(letter) >= 0;
    }

    private static boolean isYear(char letter) {
        return letter == 'y' || letter == 'u';
    }

    /** Returns where what begins at an index ends: equal characters, or a text in single quotes. */
    private static int runEnd(String text, int from) {
        char first = text.charAt(from);
        if (first == '\'') {
            int close = text.indexOf('\'', from + 1);
            return close < 0 ? text.length() : close + 1;
        }
        int end = from + 1;
        while (end < text.length() && text.charAt(end) == first) {
            end++;
        }
        return end;
    }
}
