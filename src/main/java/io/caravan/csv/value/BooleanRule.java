package io.caravan.csv.value;

import java.util.Locale;

/**
 * BOOLEAN: the words that Redshift knows, in any case, and 1 and 0 with a fraction of zeros.
 *
 * @see <a href="https://docs.aws.amazon.com/redshift/latest/dg/r_Boolean_type.html">Boolean type</a>
 */
final class BooleanRule implements ValueRule {

    @Override
    public String canonical(String value) throws RefusedValueException {
        return switch (Blanks.strip(value).toLowerCase(Locale.ROOT)) {
            case "true", "t", "yes", "y", "1" -> "true";
            case "false", "f", "no", "n", "0" -> "false";
            default -> number(value);
        };
    }

    /** Programs that keep a column with a NULL in it as numbers write {@code 1.0} for 1. */
    private static String number(String value) throws RefusedValueException {
        String text = Blanks.strip(value);
        boolean isWhole = text.length() > 1
                && text.charAt(1) == '.'
                && text.chars().skip(2).allMatch(c -> c == '0')
                && (text.charAt(0) == '0' || text.charAt(0) == '1');
        if (!isWhole) {
            throw RefusedValueException.format("not one of true, t, yes, y, 1, false, f, no, n, 0 in any case");
        }
        return text.charAt(0) == '1' ? "true" : "false";
    }
}
