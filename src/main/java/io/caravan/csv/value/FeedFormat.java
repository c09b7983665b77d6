package io.caravan.csv.value;

import io.caravan.model.table.ColumnType;
import io.caravan.model.table.ColumnType.Kind;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** How a feed writes the values of a column, if not in the standard form of the column's type. */
public final class FeedFormat {

    private FeedFormat() {}

    /**
     * Returns the rule of a format.
     *
     * @throws IllegalArgumentException if the format does not fit the type
     */
    public static ValueRule rule(ColumnType type, String format) {
        return switch (type.kind()) {
            case DATE, TIMESTAMP, TIMESTAMPTZ -> temporal(type.kind(), format);
            case SMALLINT, INTEGER, BIGINT, DECIMAL, REAL, DOUBLE -> number(type, format);
            case BOOLEAN -> truth(format);
            case CHAR, VARCHAR ->
                throw new IllegalArgumentException(
                        "text has no format; formats are for dates, times, numbers, BOOLEAN");
        };
    }

    private static ValueRule temporal(Kind kind, String format) {
        int unitsPerSecond =
                switch (format.toLowerCase(Locale.ROOT)) {
                    case "epochsecs" -> 1;
                    case "epochmillis" -> 1_000;
                    default -> 0;
                };
        if (unitsPerSecond == 0) {
            return new PatternRule(format, kind);
        }
        if (kind == Kind.DATE) {
            throw new IllegalArgumentException("seconds since 1970 have a time, which a DATE would drop");
        }
        return new EpochRule(unitsPerSecond, kind == Kind.TIMESTAMPTZ);
    }

    private static ValueRule number(ColumnType type, String format) {
        NumberStyle style = new NumberStyle(format);
        boolean whole = type.kind() != Kind.DECIMAL && type.kind() != Kind.REAL && type.kind() != Kind.DOUBLE;
        if (whole && style.hasDecimalMark()) {
            throw new IllegalArgumentException("the example of a number has a decimal mark, which " + type.sql()
                    + " does not hold; if it groups digits, show it twice, as in 1.234.567");
        }
        ValueRule rule = ValueRule.of(type);
        return value -> rule.canonical(style.plain(value));
    }

    private static ValueRule truth(String format) {
        List<String> words = Arrays.stream(format.toLowerCase(Locale.ROOT).split("/", -1))
                .map(String::strip)
                .filter(word -> !word.isEmpty())
                .distinct()
                .toList();
        if (words.size() != 2) {
            throw new IllegalArgumentException("a BOOLEAN's format is two words, the one for true first: J/N");
        }
        Map<String, String> values = Map.of(words.get(0), "true", words.get(1), "false");
        return value -> {
            String known = values.get(Blanks.strip(value).toLowerCase(Locale.ROOT));
            if (known == null) {
                throw RefusedValueException.format("not one of " + Names.quoted(format) + " in any case");
            }
            return known;
        };
    }
}
