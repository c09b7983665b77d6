package io.caravan.csv.value;

import io.caravan.model.row.ValuePacker;
import io.caravan.model.table.ColumnType;
import java.util.regex.Pattern;

/** SMALLINT, INTEGER, BIGINT: a sign or none, digits. Canonical without plus and leading zeros. */
final class IntegerRule implements ValueRule {

    private static final Pattern FRACTION = Pattern.compile("[+-]?\\d*\\.\\d+");

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
        String text = Blanks.strip(value);
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
                throw RefusedValueException.format(
                        FRACTION.matcher(text).matches()
                                ? "not a whole number: it has a fraction; make the column DECIMAL"
                                : "not a whole number: character " + (i + 1) + " is not a digit");
            }
            // Counted below zero, where there is room for one more.
            overflow |= number < (Long.MIN_VALUE + digit) / 10;
            number = number * 10 - digit;
        }
        if (overflow || number < (negative ? min : -max)) {
            throw RefusedValueException.outOfRange("beyond the range of " + type + ", " + min + " to " + max);
        }
        boolean canonical = text.charAt(0) != '+' && (text.charAt(first) != '0' || (text.length() == 1));
        return canonical ? text : Long.toString(negative ? number : -number);
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
