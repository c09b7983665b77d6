package io.caravan.csv.value;

import io.caravan.model.row.ValuePacker;
import io.caravan.model.table.ColumnType;
import java.math.RoundingMode;

/**
 * SMALLINT, INTEGER, BIGINT: a sign or none, digits. A point with nothing but zeros behind it, and an exponent that leaves no
 * fraction, are a whole number too. Canonical as digits, without plus and leading zeros.
 */
final class IntegerRule implements ValueRule {

    private static final String WHAT = "whole number";

    private final String type;
    private final long min;
    private final long max;

    /** So many digits do not overflow. */
    private final int safeDigits;

    IntegerRule(ColumnType.Kind kind) {
        this.type = kind.name();
        this.max = switch (kind) {
            case SMALLINT -> Short.MAX_VALUE;
            case INTEGER -> Integer.MAX_VALUE;
            default -> Long.MAX_VALUE;
        };
        this.min = -max - 1;
        this.safeDigits = Long.toString(max).length() - 1;
    }

    @Override
    public String canonical(String value) throws RefusedValueException {
        String text = Blanks.stripNumber(value);
        boolean negative = text.startsWith("-");
        int first = negative || text.startsWith("+") ? 1 : 0;
        if (first == text.length()) {
            throw RefusedValueException.format("not a whole number: there is no digit");
        }
        long number = 0;
        boolean overflow = false;
        for (int i = first; i < text.length(); i++) {
            int digit = text.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                return whole(text, i);
            }
            // Counted below zero, where there is room for one more.
            overflow |= number < (Long.MIN_VALUE + digit) / 10;
            number = number * 10 - digit;
        }
        if (overflow || number < (negative ? min : -max)) {
            throw beyondRange();
        }
        boolean canonical = text.charAt(0) != '+' && (text.charAt(first) != '0' || (text.length() == 1));
        return canonical ? text : Long.toString(negative ? number : -number);
    }

    @Override
    public String rounded(String value, RoundingMode mode) throws RefusedValueException {
        return write(DecimalText.parse(Blanks.stripNumber(value), WHAT).rounded(0, mode));
    }

    /** Returns a number that is written as one with a fraction or an exponent, and has none. */
    private String whole(String text, int notADigit) throws RefusedValueException {
        char c = text.charAt(notADigit);
        if (c != '.' && !DecimalText.isExponentMark(c)) {
            throw RefusedValueException.unexpected("not a whole number", text, notADigit, "is not a digit");
        }
        DecimalText number = DecimalText.parse(text, WHAT);
        if (number.fractionDigits() > 0) {
            throw RefusedValueException.format("not a whole number: it has a fraction; make the column DECIMAL");
        }
        return write(number);
    }

    private String write(DecimalText number) throws RefusedValueException {
        if (number.pointAt() > safeDigits + 1) {
            throw beyondRange();
        }
        String digits = number.unscaled(0);
        return digits.isEmpty() ? "0" : canonical(number.negative() ? "-" + digits : digits);
    }

    private RefusedValueException beyondRange() {
        return RefusedValueException.outOfRange("beyond the range of " + type + ", " + min + " to " + max);
    }

    @Override
    public boolean pack(char[] text, int from, int to, ValuePacker packer, int place) {
        int first = from < to && text[from] == '-' ? from + 1 : from;
        int digits = to - first;
        boolean isSafe = digits > 0
                && digits <= safeDigits
                && (text[first] != '0' || to - from == 1)
                && Digits.areAll(text, first, to);
        if (isSafe) {
            packer.putPlain(place, text, from, to, "");
        }
        return isSafe;
    }
}
