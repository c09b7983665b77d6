package io.caravan.csv.value;

import io.caravan.model.table.ColumnType;
import io.caravan.model.table.ColumnType.Kind;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.EnumSet;
import java.util.Set;

/**
 * The narrowest type that holds all values seen, by the rules that loads have for values. What looks like a number and may be
 * a code stays text: with a zero in front, as postal codes have it, or a plus, as telephone numbers. The cases are in
 * {@code docs/schema.md}.
 */
public final class InferredType {

    /** How long text may be where no value says so; Redshift's own default. */
    private static final int UNKNOWN_BYTES = 256;

    private static final int LEAST_BYTES = 16;
    private static final int MOST_BYTES = 65_535;

    private static final int USUAL_PRECISION = 18;
    private static final int MAX_PRECISION = 38;
    private static final int MAX_SCALE = 37;
    private static final int ROOM_BEFORE_POINT = 4;
    private static final int ROOM_AFTER_POINT = 2;

    /** As many as a program needs to write any binary number of 64 bits so that it can be read again. */
    private static final int MAX_DOUBLE_DIGITS = 17;

    /** As many as every binary number of 64 bits keeps, whoever has written them. */
    private static final int KEPT_DOUBLE_DIGITS = 15;

    /** Types that may still hold every value, from narrow to wide; text is what is left. */
    private final Set<Kind> open = EnumSet.of(
            Kind.BOOLEAN,
            Kind.INTEGER,
            Kind.BIGINT,
            Kind.DECIMAL,
            Kind.DOUBLE,
            Kind.DATE,
            Kind.TIMESTAMP,
            Kind.TIMESTAMPTZ);

    private boolean hasValue;
    private boolean hasExponent;
    private int longestBytes;
    private int digitsBeforePoint;
    private int digitsAfterPoint;

    /** Adds a value that is not NULL as text. Blanks only make text longer: to all other types they are NULL. */
    public void add(String value) {
        longestBytes = Math.max(longestBytes, Utf8.bytes(value));
        String text = Blanks.stripNumber(value);
        if (text.isEmpty()) {
            return;
        }
        hasValue = true;
        open.removeIf(kind -> !holds(kind, text));
        if (open.contains(Kind.DECIMAL)) {
            countDigits(text);
        }
        hasExponent |= open.contains(Kind.DOUBLE) && exponentAt(text) >= 0;
    }

    /** Adds all values that another has seen. */
    public void add(InferredType other) {
        longestBytes = Math.max(longestBytes, other.longestBytes);
        hasValue |= other.hasValue;
        hasExponent |= other.hasExponent;
        digitsBeforePoint = Math.max(digitsBeforePoint, other.digitsBeforePoint);
        digitsAfterPoint = Math.max(digitsAfterPoint, other.digitsAfterPoint);
        open.retainAll(other.open);
        if (digitsBeforePoint + digitsAfterPoint > MAX_PRECISION) {
            open.remove(Kind.DECIMAL);
        }
    }

    /** Returns whether a value has been seen that is more than blanks. */
    public boolean hasValue() {
        return hasValue;
    }

    public ColumnType type() {
        if (!hasValue) {
            return text();
        }
        for (Kind kind : open) {
            if (kind == Kind.DECIMAL) {
                return decimal();
            }
            if (kind != Kind.DOUBLE || hasExponent) {
                return ColumnType.of(kind);
            }
        }
        return text();
    }

    /** Returns the text that holds all values, whatever else they may be. */
    public ColumnType text() {
        int room = roomForText(longestBytes);
        return ColumnType.varchar(hasValue ? room : Math.max(UNKNOWN_BYTES, room));
    }

    /** Returns the length of a VARCHAR that has room for twice as many bytes, if any has. */
    public static int roomForText(int bytes) {
        int doubled = Math.max(LEAST_BYTES, 2 * Math.min(bytes, MOST_BYTES));
        return Math.min(MOST_BYTES, Integer.highestOneBit(doubled - 1) << 1);
    }

    private boolean holds(Kind kind, String text) {
        return switch (kind) {
            // The other words and digits are codes as often: NO is a country, and 1 a number.
            case BOOLEAN -> text.equalsIgnoreCase("true") || text.equalsIgnoreCase("false");
            case DECIMAL -> isNumber(text) && exponentAt(text) < 0 && fitsDecimal(text);
            case DOUBLE -> isNumber(text) && isKeptByDouble(text);
            // 10.0 may be a whole number, and the next may be 10.5.
            case INTEGER, BIGINT ->
                isNumber(text) && text.indexOf('.') < 0 && exponentAt(text) < 0 && accepts(new IntegerRule(kind), text);
            case SMALLINT, REAL, DATE, TIMESTAMP, TIMESTAMPTZ, TIME, TIMETZ, SUPER, VARBYTE, CHAR, VARCHAR ->
                accepts(ValueRule.of(ColumnType.of(kind)), text);
        };
    }

    private static boolean isNumber(String text) {
        int first = text.charAt(0) == '-' ? 1 : 0;
        boolean code = text.charAt(0) == '+'
                || (DateText.hasAt(text, first, '0') && DateText.hasDigits(text, first, first + 2));
        return !code && accepts(FloatingPointRule.DOUBLE, text);
    }

    private static boolean accepts(ValueRule rule, String text) {
        try {
            rule.canonical(text);
            return true;
        } catch (RefusedValueException e) {
            return false;
        }
    }

    private static int exponentAt(String text) {
        return Math.max(text.indexOf('e'), text.indexOf('E'));
    }

    private boolean fitsDecimal(String text) {
        int after = Math.max(digitsAfterPoint, digitsAfterPoint(text));
        return after <= MAX_SCALE && Math.max(digitsBeforePoint, digitsBeforePoint(text)) + after <= MAX_PRECISION;
    }

    private void countDigits(String text) {
        digitsBeforePoint = Math.max(digitsBeforePoint, digitsBeforePoint(text));
        digitsAfterPoint = Math.max(digitsAfterPoint, digitsAfterPoint(text));
    }

    private static int digitsBeforePoint(String text) {
        int first = text.charAt(0) == '-' ? 1 : 0;
        int point = text.indexOf('.');
        int digits = (point < 0 ? text.length() : point) - first;
        return digits == 1 && text.charAt(first) == '0' ? 0 : digits;
    }

    private static int digitsAfterPoint(String text) {
        int point = text.indexOf('.');
        return point < 0 ? 0 : text.length() - point - 1;
    }

    private static int significantDigits(String text) {
        int end = exponentAt(text) < 0 ? text.length() : exponentAt(text);
        int digits = 0;
        for (int i = 0; i < end; i++) {
            char c = text.charAt(i);
            digits += (c >= '1' && c <= '9') || (c == '0' && digits > 0) ? 1 : 0;
        }
        return digits;
    }

    /** Returns whether the digits are those of a binary number, so that they come out again when it is written with as many. */
    private static boolean isKeptByDouble(String text) {
        int digits = significantDigits(text);
        return digits <= KEPT_DOUBLE_DIGITS
                || (digits <= MAX_DOUBLE_DIGITS
                        && new BigDecimal(Double.parseDouble(text))
                                        .round(new MathContext(digits, RoundingMode.HALF_EVEN))
                                        .compareTo(new BigDecimal(text))
                                == 0);
    }

    /** Whole numbers get no digits after the point; all others get room on both sides, as long as there is any. */
    private ColumnType decimal() {
        int scale = digitsAfterPoint == 0 ? 0 : digitsAfterPoint + ROOM_AFTER_POINT;
        int digits = digitsBeforePoint + ROOM_BEFORE_POINT + scale;
        if (digits <= USUAL_PRECISION) {
            return ColumnType.decimal(USUAL_PRECISION, scale);
        }
        return ColumnType.decimal(MAX_PRECISION, digits <= MAX_PRECISION ? scale : digitsAfterPoint);
    }
}
