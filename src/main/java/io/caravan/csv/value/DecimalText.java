package io.caravan.csv.value;

import java.math.RoundingMode;

/**
 * A decimal number as a text has it, exactly: 0.DIGITS times ten to the power of {@code pointAt}.
 *
 * @param negative whether it is below zero
 * @param digits its digits without zeros at either end; empty for zero
 * @param pointAt how many of the digits are before the point; below 0 or beyond the digits if there are zeros between
 */
record DecimalText(boolean negative, String digits, long pointAt) {

    /** Beyond every exponent that can make a difference; keeps the sums of lengths and exponents within bounds. */
    private static final long MAX_EXPONENT = Integer.MAX_VALUE;

    DecimalText {
        int from = 0;
        while (from < digits.length() && digits.charAt(from) == '0') {
            from++;
        }
        int to = digits.length();
        while (to > from && digits.charAt(to - 1) == '0') {
            to--;
        }
        digits = digits.substring(from, to);
        pointAt = digits.isEmpty() ? 0 : pointAt - from;
        negative &= !digits.isEmpty();
    }

    /**
     * Reads a sign or none, digits, a point or none, an exponent or none.
     *
     * @param text without white space around it
     * @param what what it should be, for people: {@code decimal number}
     */
    static DecimalText parse(String text, String what) throws RefusedValueException {
        int first = startsWithSign(text, 0) ? 1 : 0;
        int point = -1;
        int end = first;
        while (end < text.length() && !isExponentMark(text.charAt(end))) {
            char c = text.charAt(end);
            if (c == '.' && point < 0) {
                point = end;
            } else if (!Digits.isOne(c)) {
                throw RefusedValueException.unexpected("not a " + what, text, end, "is not expected there");
            }
            end++;
        }
        if (end - first - (point < 0 ? 0 : 1) == 0) {
            throw RefusedValueException.format("not a " + what + ": there is no digit");
        }
        int pointAt = point < 0 ? end : point;
        long exponent = end < text.length() ? exponent(text, end + 1, what) : 0;
        String digits = text.substring(first, pointAt) + (point < 0 ? "" : text.substring(point + 1, end));
        return new DecimalText(text.charAt(0) == '-', digits, pointAt - first + exponent);
    }

    static boolean isExponentMark(char c) {
        return c == 'e' || c == 'E';
    }

    private static boolean startsWithSign(String text, int at) {
        return at < text.length() && (text.charAt(at) == '-' || text.charAt(at) == '+');
    }

    private static long exponent(String text, int from, String what) throws RefusedValueException {
        int first = startsWithSign(text, from) ? from + 1 : from;
        if (first == text.length()) {
            throw RefusedValueException.format("not a " + what + ": the exponent has no digit");
        }
        long exponent = 0;
        for (int i = first; i < text.length(); i++) {
            if (!Digits.isOne(text.charAt(i))) {
                throw RefusedValueException.unexpected("not a " + what, text, i, "is not a digit");
            }
            exponent = Math.min(MAX_EXPONENT, exponent * 10 + (text.charAt(i) - '0'));
        }
        return text.charAt(from) == '-' ? -exponent : exponent;
    }

    /** Returns how many digits after the point it needs. */
    long fractionDigits() {
        return Math.max(0, digits.length() - pointAt);
    }

    /**
     * Returns the number with at most so many digits after the point.
     *
     * @param mode DOWN and UP are towards zero and away from it
     */
    DecimalText rounded(int scale, RoundingMode mode) {
        long kept = pointAt + scale;
        if (kept >= digits.length()) {
            return this;
        }
        char dropped = kept < 0 ? '0' : digits.charAt((int) kept);
        boolean more = kept < 0 || kept + 1 < digits.length();
        boolean away =
                switch (mode) {
                    case DOWN -> false;
                    case UP -> true;
                    case HALF_UP -> dropped >= '5';
                    case HALF_DOWN -> dropped > '5' || (dropped == '5' && more);
                    default -> throw new IllegalArgumentException("rounding " + mode);
                };
        String rest = digits.substring(0, (int) Math.max(0, kept));
        if (!away) {
            return new DecimalText(negative, rest, pointAt);
        }
        int last = rest.length() - 1;
        while (last >= 0 && rest.charAt(last) == '9') {
            last--;
        }
        return last < 0
                ? new DecimalText(negative, "1", Math.max(pointAt, -scale) + 1)
                : new DecimalText(negative, rest.substring(0, last) + (char) (rest.charAt(last) + 1), pointAt);
    }

    /** Returns the digits of the number times ten to the power of a scale, with no zero in front; empty for zero. */
    String unscaled(int scale) {
        return digits.isEmpty() ? "" : digits + "0".repeat((int) (scale - (digits.length() - pointAt)));
    }
}
