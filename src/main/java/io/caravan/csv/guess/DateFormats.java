package io.caravan.csv.guess;

import io.caravan.csv.record.ValueShape;
import io.caravan.csv.value.FeedFormat;
import io.caravan.csv.value.RefusedValueException;
import io.caravan.csv.value.ValueRule;
import io.caravan.model.table.ColumnType;
import io.caravan.model.table.ColumnType.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** The pattern of dates and times that takes all values of a column, if there is but one. */
final class DateFormats {

    private static final List<String> DAY_FIRST = List.of("d/M/yyyy", "d.M.yyyy", "d-M-yyyy");
    private static final List<String> MONTH_FIRST = List.of("M/d/yyyy", "M.d.yyyy", "M-d-yyyy");
    private static final List<String> PLAIN = List.of(
            "yyyy/M/d",
            "yyyy.M.d",
            "yyyy-M-d",
            "d-MMM-yyyy",
            "d MMM yyyy",
            "d MMMM yyyy",
            "MMM d, yyyy",
            "MMMM d, yyyy",
            "MMM d yyyy",
            "MMMM d yyyy",
            "EEEE, MMMM d, yyyy",
            "EEE, d MMM yyyy");

    private static final List<String> TIMES = List.of(
            " H:mm",
            " H:mm:ss",
            " H:mm[:ss]",
            " H:mm:ss.SSS",
            " h:mm a",
            " h:mm:ss a",
            " h:mm[:ss] a",
            "'T'H:mm:ss",
            " - H:mm",
            ", H:mm",
            ", h:mm a",
            " h:mma");

    private static final Pattern TWO_DIGITS = Pattern.compile("\\d{1,2}[-/.]\\d{1,2}[-/.]\\d{2}(\\D.*)?");

    private DateFormats() {}

    /**
     * Returns the pattern; empty if the values are no dates.
     *
     * @param dayFirst what other columns have shown: whether the day or the month stands first; empty if nothing
     */
    static Optional<FormatGuess> find(ColumnValues column, Optional<Boolean> dayFirst) {
        if (column.values().isEmpty() || !looksLikeDates(column)) {
            return Optional.empty();
        }
        List<String> found = fitting(column, PLAIN);
        if (!found.isEmpty()) {
            return Optional.of(new FormatGuess(found.get(0), Confidence.SURE, "all values are of this form"));
        }
        List<String> days = fitting(column, DAY_FIRST);
        List<String> months = fitting(column, MONTH_FIRST);
        if (!days.isEmpty() && !months.isEmpty()) {
            if (dayFirst.isPresent()) {
                return Optional.of(new FormatGuess(
                        dayFirst.get() ? days.get(0) : months.get(0),
                        Confidence.LIKELY,
                        "days and months as in another column, in which no value can be read in two ways"));
            }
            return Optional.of(FormatGuess.none(
                    "each value may be two dates, " + days.get(0) + " or " + months.get(0)
                            + ": it stays text until 'formats' says which",
                    days.get(0),
                    months.get(0)));
        }
        if (!days.isEmpty() || !months.isEmpty()) {
            return Optional.of(new FormatGuess(
                    days.isEmpty() ? months.get(0) : days.get(0),
                    Confidence.SURE,
                    "all values are of this form, and some cannot be read in another order"));
        }
        boolean isShort = column.values().stream()
                .allMatch(value -> TWO_DIGITS.matcher(value).matches());
        return isShort
                ? Optional.of(FormatGuess.none("years of two digits may be of two centuries: it stays text until"
                        + " 'formats' says which, as in M/d/yy from 1950"))
                : Optional.empty();
    }

    static boolean isDayFirst(String format) {
        return format.startsWith("d/") || format.startsWith("d.") || format.startsWith("d-M-");
    }

    static boolean isMonthFirst(String format) {
        return format.startsWith("M/") || format.startsWith("M.") || format.startsWith("M-d");
    }

    private static boolean looksLikeDates(ColumnValues column) {
        return column.values().stream().limit(20).allMatch(value -> {
            ValueShape shape = ValueShape.of(value);
            return shape == ValueShape.DATE || shape == ValueShape.TIME || CellKind.isDayByName(value);
        });
    }

    private static List<String> fitting(ColumnValues column, List<String> dates) {
        List<String> fitting = new ArrayList<>();
        for (String date : dates) {
            if (takes(column, Kind.DATE, date)) {
                fitting.add(date);
            }
            for (String time : TIMES) {
                if (fitting.isEmpty() && takes(column, Kind.TIMESTAMP, date + time)) {
                    fitting.add(date + time);
                }
            }
        }
        return fitting;
    }

    static boolean takes(ColumnValues column, Kind kind, String format) {
        ValueRule rule = FeedFormat.rule(ColumnType.of(kind), format);
        for (String value : column.values()) {
            try {
                rule.canonical(value);
            } catch (RefusedValueException e) {
                return false;
            }
        }
        return true;
    }
}
