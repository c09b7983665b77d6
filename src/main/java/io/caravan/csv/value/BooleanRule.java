package io.caravan.csv.value;

import java.util.Locale;

/**
 * BOOLEAN: the words that Redshift knows, in any case.
 *
 * @see <a href="https://docs.aws.amazon.com/redshift/latest/dg/r_Boolean_type.html">Boolean type</a>
 */
final class BooleanRule implements ValueRule {

    @Override
    public String canonical(String value) throws RefusedValueException {
        return switch (Blanks.strip(value).toLowerCase(Locale.ROOT)) {
            case "true", "t", "yes", "y", "1" -> "true";
            case "false", "f", "no", "n", "0" -> "false";
            default ->
                throw RefusedValueException.format("not one of true, t, yes, y, 1, false, f, no, n, 0 in any case");
        };
    }
}
