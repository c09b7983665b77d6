package io.caravan.csv.value;

import io.caravan.model.row.ValuePacker;
import java.math.RoundingMode;
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
    private static final String WHAT = "decimal number";

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
        String text = Blanks.stripNumber(value);
        int first = text.startsWith("-") ? 1 : 0;
        int point = text.indexOf('.');
        if (isPlain(text, first, point)) {
            int missing = point < 0 ? scale : scale - (text.length() - point - 1);
            return missing == 0 ? text : text + (point < 0 ? pointAndZeros : zeros[missing]);
        }
        return write(DecimalText.parse(text, WHAT));
    }

    @Override
    public String rounded(String value, RoundingMode mode) throws RefusedValueException {
        return write(DecimalText.parse(Blanks.stripNumber(value), WHAT).rounded(scale, mode));
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

    /** Returns whether a text is a number without an exponent that fits without doubt, and lacks at most zeros at its end. */
    private boolean isPlain(String text, int first, int point) {
        int end = point < 0 ? text.length() : point;
        int integerDigits = end - first;
        int fractionDigits = point < 0 ? 0 : text.length() - point - 1;
        return fractionDigits <= scale
                && (point < 0) == (fractionDigits == 0)
                && integerDigits >= 1
                && integerDigits <= precision - scale
                && precision != MAX_PRECISION_OF_64_BITS
                && DateText.hasDigits(text, first, end)
                && (point < 0 || DateText.hasDigits(text, point + 1, text.length()))
                && (text.charAt(first) != '0' || integerDigits == 1)
                && !(first == 1 && isZero(text));
    }

    private static boolean isZero(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) >= '1' && text.charAt(i) <= '9') {
                return false;
            }
        }
        return true;
    }

    private String write(DecimalText number) throws RefusedValueException {
        if (number.pointAt() > precision - scale) {
            throw RefusedValueException.outOfRange(
                    number.pointAt() + " digits before the point, " + type + " has room for " + (precision - scale));
        }
        if (number.fractionDigits() > scale) {
            throw RefusedValueException.tooPrecise(
                    number.fractionDigits() + " digits after the point, " + type + " keeps " + scale);
        }
        StringBuilder unscaled = new StringBuilder(precision + 2).append(number.unscaled(scale));
        if (precision == MAX_PRECISION_OF_64_BITS
                && unscaled.length() == precision
                && unscaled.compareTo(new StringBuilder(MAX_OF_64_BITS)) > 0) {
            throw RefusedValueException.outOfRange("beyond the range of " + type + ", which Redshift keeps in 64 bits");
        }
        if (unscaled.length() <= scale) {
            unscaled.insert(0, "0".repeat(scale + 1 - unscaled.length()));
        }
        if (unscaled.isEmpty()) {
            unscaled.append('0');
        }
        if (scale > 0) {
            unscaled.insert(unscaled.length() - scale, '.');
        }
        if (number.negative()) {
            unscaled.insert(0, '-');
        }
        return unscaled.toString();
    }
}
