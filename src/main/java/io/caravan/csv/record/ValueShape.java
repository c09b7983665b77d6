package io.caravan.csv.record;

import java.util.regex.Pattern;

/** What a text looks like at first sight; to tell values from names. */
public enum ValueShape {
    EMPTY(""),
    INTEGER("[+-]?\\d+"),
    /** With a fraction, an exponent or groups of digits. */
    NUMBER("[+-]?(\\d[\\d.,' ]*|[.,]\\d+)([eE][+-]?\\d+)?%?"),
    DATE("\\d{4}[-/.]\\d{1,2}[-/.]\\d{1,2}|\\d{1,2}[-/.]\\d{1,2}[-/.](\\d{4}|\\d{2})"),
    TIME(
            "(\\d{4}[-/.]\\d{1,2}[-/.]\\d{1,2}|\\d{1,2}[-/.]\\d{1,2}[-/.]\\d{2,4})?[ T]*\\d{1,2}:\\d{2}(:\\d{2}([.,]\\d+)?)?"
                    + " ?([AaPp][Mm]|Z|UTC|[+-]\\d{2}:?\\d{2})?"),
    BOOLEAN("(?i)true|false"),
    UUID("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}"),
    EMAIL("[^@\\s]+@[^@\\s]+\\.[^@\\s]+"),
    URL("(?i)(https?|ftp|s3)://\\S+"),
    TEXT("(?s).*");

    /** What is longer is read no further. */
    private static final int MOST_CHARS = 200;

    private final Pattern pattern;

    ValueShape(String pattern) {
        this.pattern = Pattern.compile(pattern);
    }

    public static ValueShape of(String text) {
        String value = text.strip();
        if (value.length() <= MOST_CHARS) {
            for (ValueShape shape : values()) {
                if (shape.pattern.matcher(value).matches() && (shape != NUMBER || DATE.isNot(value))) {
                    return shape;
                }
            }
        }
        return TEXT;
    }

    private boolean isNot(String value) {
        return !pattern.matcher(value).matches();
    }

    /** Returns whether hardly a name looks so. Years and quantiles do that look like numbers. */
    public boolean isHardlyAName() {
        return switch (this) {
            case DATE, TIME, UUID, EMAIL, URL -> true;
            default -> false;
        };
    }

    /** Returns whether both are numbers, or the same. */
    public boolean isLike(ValueShape other) {
        return this == other || (isNumber() && other.isNumber());
    }

    boolean isNumber() {
        return this == INTEGER || this == NUMBER;
    }
}
