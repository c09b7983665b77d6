package io.caravan.csv.value;

import io.caravan.model.row.ValuePacker;
import java.util.stream.IntStream;

/**
 * DECIMAL: a sign or none, digits, a point or none, an exponent or none. Canonical in full, with as many digits after the
 * point as the column's scale, so that equal numbers are equal texts.
 */
final class DecimalRule implements ValueRule {

    /**
     * Up to this precision Redshift keeps 64 bits, which do not hold all numbers of 19 digits.
     *
     * @see <a href="https://docs.aws.amazon.com/redshift/latest/dg/r_Numeric_types201.html">Numeric types</a>
     */
    private static final int MAX_PRECISION_OF_64_BITS = 19;

    private static final String MAX_OF_64_BITS = "9223372036854775807";

    /** Beyond every exponent that can make a difference; keeps the sums of lengths and exponents within bounds. */
    private static final long MAX_EXPONENT = Integer.MAX_VALUE;

    private final int precision;
    private final int scale;
    private final String type;

    /** Of each number up to the scale so many. */
    private final String[] zeros;

    private final String pointAndZeros;

    DecimalRule(int precision, int scale) {
        this.precision = precision;
        this.scale = scale;
        this.type = "DECIMAL(" + precision + "," + scale + ")";
        this.zeros = IntStream.rangeClosed(0, scale).mapToObj("0"::repeat).toArray(String[]::new);
        this.pointAndZeros = scale == 0 ? "" : "." + zeros[scale];
    }

    @Override
    public String canonical(String value) throws RefusedValueException {
        String text = Blanks.strip(value);
        int first = !text.isEmpty() && (text.charAt(0) == '-' || text.charAt(0) == '+') ? 1 : 0;
        int length = text.length();
        int point = -1;
        int mantissaEnd = first;
        while (mantissaEnd < length && !isExponentMark(text.charAt(mantissaEnd))) {
            char c = text.charAt(mantissaEnd);
            if (c == '.' && point < 0) {
                point = mantissaEnd;
            } else if (!Digits.isOne(c)) {
                throw RefusedValueException.format(
                        "not a decimal number: character " + (mantissaEnd + 1) + " is not expected there");
            }
            mantissaEnd++;
        }
        if (mantissaEnd - first - (point < 0 ? 0 : 1) == 0) {
            throw RefusedValueException.format("not a decimal number: there is no digit");
        }
        if (mantissaEnd == length && isPlain(text, first, point)) {
            int missing = point < 0 ? scale : scale - (length - point - 1);
            return missing == 0 ? text : text + (point < 0 ? pointAndZeros : zeros[missing]);
        }
        int pointAt = point < 0 ? mantissaEnd : point;
        long exponent = mantissaEnd < length ? exponent(text, mantissaEnd + 1) : 0;
        String digits = text.substring(first, pointAt) + (point < 0 ? "" : text.substring(point + 1, mantissaEnd));
        return write(text.charAt(0) == '-', digits, pointAt - first + exponent);
    }

    @Override
    public boolean pack(char[] text, int from, int to, ValuePacker packer, int place) {
        int first = from < to && text[from] == '-' ? from + 1 : from;
        int point = first;
        while (point < to && Digits.isOne(text[point])) {
            point++;
        }
        int integerDigits = point - first;
        int fractionDigits = Math.max(0, to - point - 1);
        // Whether -0 is zero is not looked at, so it counts as unusual whatever follows it.
        boolean isUsual = integerDigits >= 1
                && integerDigits <= precision - scale
                && fractionDigits <= scale
                && precision != MAX_PRECISION_OF_64_BITS
                && (text[first] != '0' || (integerDigits == 1 && first == from))
                && (point == to || (text[point] == '.' && fractionDigits > 0 && Digits.areAll(text, point + 1, to)));
        if (isUsual) {
            packer.putPlain(place, text, from, to, point == to ? pointAndZeros : zeros[scale - fractionDigits]);
        }
        return isUsual;
    }

    private static boolean isExponentMark(char c) {
        return c == 'e' || c == 'E';
    }

    /** Returns whether a number without an exponent fits without doubt, and lacks at most zeros at its end. */
    private boolean isPlain(String text, int first, int point) {
        int integerDigits = (point < 0 ? text.length() : point) - first;
        int fractionDigits = point < 0 ? 0 : text.length() - point - 1;
        return fractionDigits <= scale
                && (point < 0) == (fractionDigits == 0)
                && integerDigits >= 1
                && integerDigits <= precision - scale
                && precision != MAX_PRECISION_OF_64_BITS
                && text.charAt(0) != '+'
                && (text.charAt(first) != '0' || integerDigits == 1)
                && !(text.charAt(0) == '-' && isZero(text));
    }

    private static boolean isZero(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) >= '1' && text.charAt(i) <= '9') {
                return false;
            }
        }
        return true;
    }

    private static long exponent(String text, int from) throws RefusedValueException {
        boolean signed = from < text.length() && (text.charAt(from) == '-' || text.charAt(from) == '+');
        int first = signed ? from + 1 : from;
        if (first == text.length()) {
            throw RefusedValueException.format("not a decimal number: the exponent has no digit");
        }
        long exponent = 0;
        for (int i = first; i < text.length(); i++) {
            int digit = text.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                throw RefusedValueException.format("not a decimal number: character " + (i + 1) + " is not a digit");
            }
            exponent = Math.min(MAX_EXPONENT, exponent * 10 + digit);
        }
        return signed && text.charAt(from) == '-' ? -exponent : exponent;
    }

    /**
     * Writes the number 0.DIGITS times ten to the power of {@code pointAt}.
     *
     * @param pointAt how many of the digits are before the point; below 0 or beyond the digits if zeros are to be added
     */
    private String write(boolean negative, String digits, long pointAt) throws RefusedValueException {
        int from = 0;
        while (from < digits.length() && digits.charAt(from) == '0') {
            from++;
        }
        int to = digits.length();
        while (to > from && digits.charAt(to - 1) == '0') {
            to--;
        }
        StringBuilder unscaled = new StringBuilder(precision + 2);
        if (from < to) {
            long integerDigits = pointAt - from;
            long fractionDigits = to - pointAt;
            if (integerDigits > precision - scale) {
                throw RefusedValueException.outOfRange(
                        integerDigits + " digits before the point, " + type + " has room for " + (precision - scale));
            }
            if (fractionDigits > scale) {
                throw RefusedValueException.tooPrecise(
                        fractionDigits + " digits after the point, " + type + " keeps " + scale);
            }
            unscaled.append(digits, from, to).append("0".repeat((int) (scale - fractionDigits)));
            if (precision == MAX_PRECISION_OF_64_BITS
                    && unscaled.length() == precision
                    && unscaled.compareTo(new StringBuilder(MAX_OF_64_BITS)) > 0) {
                throw RefusedValueException.outOfRange(
                        "beyond the range of " + type + ", which Redshift keeps in 64 bits");
            }
        }
        if (unscaled.length() <= scale) {
            unscaled.insert(0, "0".repeat(scale + 1 - unscaled.length()));
        }
        if (scale > 0) {
            unscaled.insert(unscaled.length() - scale, '.');
        }
        if (negative && from < to) {
            unscaled.insert(0, '-');
        }
        return unscaled.toString();
    }
}
