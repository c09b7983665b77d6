package io.caravan.csv.value;

import io.caravan.model.table.ColumnType;
import io.caravan.model.table.ColumnType.Kind;
import java.math.RoundingMode;
import java.util.Locale;

/** How a feed writes the values of a column, if not in the standard form of the column's type. */
public final class FeedFormat {

    /** What a feed says of a TIMESTAMP whose values name UTC, or an offset from it. */
    private static final String UTC = "utc";

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
            case BOOLEAN -> new WordsRule(format);
            case TIME, TIMETZ -> new TimePatternRule(format, type.kind());
            case VARBYTE -> new BytesRule(type.length(), isBase64(format));
            case SUPER -> {
                if (!format.equalsIgnoreCase("json")) {
                    throw new IllegalArgumentException("the format of SUPER is json");
                }
                yield ValueRule.of(type);
            }
            case CHAR, VARCHAR ->
                throw new IllegalArgumentException(
                        "text has no format; formats are for dates, times, numbers, BOOLEAN");
        };
    }

    private static boolean isBase64(String format) {
        return switch (format.toLowerCase(Locale.ROOT)) {
            case "hex" -> false;
            case "base64" -> true;
            default -> throw new IllegalArgumentException("the format of VARBYTE is hex or base64");
        };
    }

    private static ValueRule temporal(Kind kind, String format) {
        String word = format.toLowerCase(Locale.ROOT);
        int digits =
                switch (word) {
                    case "epochsecs" -> 0;
                    case "epochmillis" -> 3;
                    case "epochmicros" -> 6;
                    default -> -1;
                };
        if (digits >= 0 && kind == Kind.DATE) {
            throw new IllegalArgumentException("seconds since 1970 have a time, which a DATE would drop");
        }
        if (digits >= 0) {
            return new EpochRule(digits, kind == Kind.TIMESTAMPTZ);
        }
        if (word.equals(UTC) && kind != Kind.DATE) {
            return new TimestampRule(kind == Kind.TIMESTAMPTZ, true);
        }
        return new PatternRule(format, kind);
    }

    private static ValueRule number(ColumnType type, String format) {
        NumberStyle style = new NumberStyle(format);
        boolean whole = type.kind() != Kind.DECIMAL && type.kind() != Kind.REAL && type.kind() != Kind.DOUBLE;
        if (whole && style.hasDecimalMark() && style.mayGroup()) {
            throw new IllegalArgumentException("the example of a number has a decimal mark, which " + type.sql()
                    + " does not hold; if it groups digits, show it twice, as in 1.234.567");
        }
        return new StyledNumberRule(style, ValueRule.of(type));
    }

    /** Numbers in a style of the feed's own. */
    private record StyledNumberRule(NumberStyle style, ValueRule rule) implements ValueRule {

        @Override
        public String canonical(String value) throws RefusedValueException {
            return rule.canonical(style.plain(value));
        }

        @Override
        public String rounded(String value, RoundingMode mode) throws RefusedValueException {
            return rule.rounded(style.plain(value), mode);
        }
    }
}
