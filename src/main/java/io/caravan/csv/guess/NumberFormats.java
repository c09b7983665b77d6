package io.caravan.csv.guess;

import io.caravan.csv.value.NumberStyle;
import io.caravan.csv.value.RefusedValueException;
import java.util.Optional;
import java.util.regex.Pattern;

/** The example of a number that takes all values of a column, if there is but one way to read them. */
final class NumberFormats {

    /** Which mark parts the whole digits from the others. */
    enum DecimalMark {
        POINT,
        COMMA
    }

    private static final Pattern NUMBER = Pattern.compile("[-+]?\\d[\\d.,'\u2019 \u00A0\u202F]*");
    private static final Pattern CODE = Pattern.compile("[-+]?0\\d.*|\\+.*");
    private static final Pattern GROUPS_OF_POINTS = Pattern.compile("-?\\d{1,3}(\\.\\d{3})*");
    private static final Pattern GROUPS_OF_THREE = Pattern.compile("\\d{1,3}\\.\\d{3}");
    private static final Pattern GROUPS_OF_COMMAS = Pattern.compile("-?[1-9]\\d{0,2}(,\\d{3})+");

    private static final Pattern PAIR = Pattern.compile("\\d{1,2},\\d");
    private static final Pattern WHOLE = Pattern.compile("\\d+");

    private static final int CONVINCING = 5;

    private NumberFormats() {}

    /**
     * Returns the example; empty if the values are no numbers, or have the standard form.
     *
     * @param mark what other columns have shown; empty if nothing
     * @param isCommaDelimiter whether a comma parts fields, so that a value with one is quoted
     */
    static Optional<FormatGuess> find(ColumnValues column, Optional<DecimalMark> mark, boolean isCommaDelimiter) {
        if (column.values().isEmpty()
                || column.values().stream()
                        .anyMatch(value -> CODE.matcher(value).matches())) {
            return Optional.empty();
        }
        Optional<Amounts> amounts = column.isText() ? Amounts.of(column.values()) : Optional.empty();
        if (amounts.isPresent()) {
            return ofAmounts(column, amounts.get(), mark, isCommaDelimiter);
        }
        if (!column.values().stream().allMatch(value -> NUMBER.matcher(value).matches())) {
            return Optional.empty();
        }
        if (!column.isText()) {
            return groupsOfPoints(column, mark);
        }
        String comma = example(column, "1.234,56", "1 234,56", "1.234.567", "1 234 567");
        String point = example(column, "1,234.56", "1 234.56", "1'234.56", "1,234,567", "1'234'567");
        if (comma.isEmpty() && point.isEmpty()) {
            return Optional.empty();
        }
        if (point.isEmpty() && mark.isEmpty() && isCommaDelimiter && mayBeLists(column)) {
            return Optional.of(FormatGuess.none(
                    "each comma may be a decimal mark or part a list: it stays text until 'formats' says that it is a"
                            + " mark",
                    comma));
        }
        if (comma.isEmpty() || point.isEmpty()) {
            return Optional.of(new FormatGuess(
                    comma.isEmpty() ? point : comma,
                    Confidence.SURE,
                    "all values are numbers if read so, and not if read in another way"));
        }
        if (mark.isPresent()) {
            return Optional.of(new FormatGuess(
                    mark.get() == DecimalMark.COMMA ? comma : point,
                    Confidence.LIKELY,
                    "the same decimal mark as in another column, in which no value can be read in two ways"));
        }
        if (areThousands(column)) {
            return Optional.of(new FormatGuess(
                    "1,234,567",
                    Confidence.LIKELY,
                    "three digits behind each comma, and no number of more without one"));
        }
        return Optional.of(FormatGuess.none(
                "each comma may be a decimal mark or group digits: it stays text until 'formats' says which, as in "
                        + comma + " or " + point,
                comma,
                point));
    }

    /** Of money and shares the numbers are looked at as they are without their unit. */
    private static Optional<FormatGuess> ofAmounts(
            ColumnValues column, Amounts amounts, Optional<DecimalMark> mark, boolean isCommaDelimiter) {
        ColumnValues plain = new ColumnValues(column.name());
        amounts.numbers().forEach(number -> plain.add(number, false));
        Optional<FormatGuess> guess = plain.isText()
                ? find(plain, mark, isCommaDelimiter)
                : amounts.numbers().stream().anyMatch(GROUPS_OF_THREE.asMatchPredicate())
                        ? groupsOfPoints(plain, mark)
                                .or(() -> Optional.of(FormatGuess.none(
                                        "each point may be a decimal mark or group digits: it stays text until 'formats' says"
                                                + " which")))
                        : Optional.of(new FormatGuess(
                                "1,234.56", Confidence.LIKELY, "all values are such numbers, with their unit or sign"));
        Optional<FormatGuess> whole = guess.map(found -> found.isFound()
                ? new FormatGuess(amounts.example(found.format()), found.confidence(), found.reason())
                : FormatGuess.none(
                        found.reason(),
                        found.choices().stream().map(amounts::example).toArray(String[]::new)));
        return whole.filter(found -> !found.isFound() || takesAll(column, found.format()));
    }

    private static boolean takesAll(ColumnValues column, String example) {
        try {
            NumberStyle style = new NumberStyle(example);
            return column.values().stream().allMatch(value -> takes(style, value));
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /** Returns which decimal mark values show that have a format; empty if they show none. */
    static Optional<DecimalMark> mark(String format) {
        return switch (format.replaceAll("^\\D+|\\D+$", "")) {
            case "1.234,56", "1 234,56", "1.234.567" -> Optional.of(DecimalMark.COMMA);
            case "1,234.56", "1'234.56", "1 234.56", "1,234,567" -> Optional.of(DecimalMark.POINT);
            default -> Optional.empty();
        };
    }

    /** Where commas are decimal marks, a point before three digits is none, though it looks like one. */
    private static Optional<FormatGuess> groupsOfPoints(ColumnValues column, Optional<DecimalMark> mark) {
        boolean areGroups = column.values().stream()
                        .allMatch(value -> GROUPS_OF_POINTS.matcher(value).matches())
                && column.values().stream().anyMatch(value -> value.indexOf('.') >= 0);
        return areGroups && mark.equals(Optional.of(DecimalMark.COMMA))
                ? Optional.of(new FormatGuess(
                        "1.234.567",
                        Confidence.LIKELY,
                        "three digits behind each point, and commas are decimal marks elsewhere"))
                : Optional.empty();
    }

    /** Returns whether some values are whole, and the others two short numbers with a comma between. */
    private static boolean mayBeLists(ColumnValues column) {
        return column.values().stream()
                        .allMatch(value -> WHOLE.matcher(value).matches()
                                || PAIR.matcher(value).matches())
                && column.values().stream().anyMatch(value -> value.indexOf(',') < 0);
    }

    private static boolean areThousands(ColumnValues column) {
        long grouped = column.values().stream()
                .filter(value -> GROUPS_OF_COMMAS.matcher(value).matches())
                .count();
        return grouped >= CONVINCING
                && column.values().stream()
                        .allMatch(value -> GROUPS_OF_COMMAS.matcher(value).matches() || value.matches("-?\\d{1,3}"));
    }

    /** Returns the first example that takes all values, and shows a mark that none of them lacks. */
    private static String example(ColumnValues column, String... examples) {
        for (String example : examples) {
            NumberStyle style = new NumberStyle(example);
            if (column.values().stream().allMatch(value -> takes(style, value))) {
                return example;
            }
        }
        return "";
    }

    private static boolean takes(NumberStyle style, String value) {
        try {
            style.plain(value);
            return true;
        } catch (RefusedValueException e) {
            return false;
        }
    }
}
