package io.caravan.csv.serde;

import io.caravan.model.catalog.HiveType;
import java.math.BigInteger;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which texts LazySimpleSerDe reads as the value that they mean; what it does not is NULL there, or another value.
 *
 * @see <a href="https://github.com/apache/hive/tree/rel/release-3.1.3/serde/src/java/org/apache/hadoop/hive/serde2/lazy">the lazy types</a>
 */
final class ReadableValue {

    private static final Pattern WHOLE = Pattern.compile("[+-]?\\d{1,19}");
    private static final Pattern DECIMAL = Pattern.compile("[+-]?(\\d*)(?:\\.(\\d*))?");
    private static final Pattern FLOATING = Pattern.compile("[+-]?(\\d+(\\.\\d*)?|\\.\\d+)([eE][+-]?\\d{1,3})?");
    private static final Pattern DATE = Pattern.compile("(\\d{4})-(\\d{2})-(\\d{2})");
    private static final Pattern TIMESTAMP =
            Pattern.compile("(\\d{4}-\\d{2}-\\d{2})[ T]([01]\\d|2[0-3]):[0-5]\\d:[0-5]\\d(\\.\\d{1,9})?");

    private ReadableValue() {}

    /**
     * Returns whether a text that is not NULL has its value there.
     *
     * @param type one that a feed's table is published with
     */
    static boolean is(HiveType type, String text) {
        return switch (type.name()) {
            case "smallint" -> isWhole(text, Short.SIZE);
            case "int" -> isWhole(text, Integer.SIZE);
            case "bigint" -> isWhole(text, Long.SIZE);
            case "decimal" -> isDecimal(text, type);
            case "float", "double" -> FLOATING.matcher(text).matches();
            case "boolean" -> text.equalsIgnoreCase("true") || text.equalsIgnoreCase("false");
            case "date" -> isDate(text);
            case "timestamp" -> isTimestamp(text);
            default -> true;
        };
    }

    private static boolean isWhole(String text, int bits) {
        return WHOLE.matcher(text).matches() && new BigInteger(text).bitLength() < bits;
    }

    /** More digits behind the point would be rounded, more before it NULL. */
    private static boolean isDecimal(String text, HiveType type) {
        Matcher parts = DECIMAL.matcher(text);
        if (!parts.matches()) {
            return false;
        }
        String before = parts.group(1).replaceFirst("^0+", "");
        String behind = parts.group(2) == null ? "" : parts.group(2);
        boolean hasDigit = !parts.group(1).isEmpty() || !behind.isEmpty();
        return hasDigit && behind.length() <= type.scale() && before.length() <= type.length() - type.scale();
    }

    /** The 30th of February is the 1st of March there. */
    private static boolean isDate(String text) {
        Matcher parts = DATE.matcher(text);
        if (!parts.matches()) {
            return false;
        }
        try {
            LocalDate date = LocalDate.of(
                    Integer.parseInt(parts.group(1)),
                    Integer.parseInt(parts.group(2)),
                    Integer.parseInt(parts.group(3)));
            // Before, calendars differ.
            return date.getYear() > 1582;
        } catch (DateTimeException e) {
            return false;
        }
    }

    private static boolean isTimestamp(String text) {
        Matcher parts = TIMESTAMP.matcher(text);
        return parts.matches() && isDate(parts.group(1));
    }
}
