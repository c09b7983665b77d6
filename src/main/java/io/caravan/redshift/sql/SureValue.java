package io.caravan.redshift.sql;

import io.caravan.model.table.ColumnType;

/**
 * Conditions under which a text is a value of a type without doubt, for Redshift's CAST as for Caravan's own rules: the
 * plain form, with fewer digits than could overflow. A text that fails the condition may still be a value.
 *
 * @see <a href="https://docs.aws.amazon.com/redshift/latest/dg/pattern-matching-conditions-posix.html">POSIX operators</a>
 */
final class SureValue {

    /** With this precision Redshift keeps 64 bits, which do not hold all numbers of 19 digits. */
    private static final int PRECISION_OF_64_BITS = 19;

    private static final String DATE = "([0-9]{4}-((0[1-9]|1[0-2])-(0[1-9]|1[0-9]|2[0-8])"
            + "|(0[13-9]|1[0-2])-(29|30)|(0[13578]|1[02])-31)"
            + "|([0-9]{2}(0[48]|[2468][048]|[13579][26])|([02468][048]|[13579][26])00)-02-29)";

    private static final String TIME = "( ([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]([.][0-9]{1,6})?)";

    private static final String TRUE = "('true', 't', 'yes', 'y', '1')";
    private static final String FALSE = "('false', 'f', 'no', 'n', '0')";

    private SureValue() {}

    /** Returns the condition. */
    static String of(String text, ColumnType type) {
        return switch (type.kind()) {
            case SMALLINT -> matches(text, "-?[0-9]{1,4}");
            case INTEGER -> matches(text, "-?[0-9]{1,9}");
            case BIGINT -> matches(text, "-?[0-9]{1,18}");
            case DECIMAL -> matches(text, decimal(type.length(), type.scale()));
            case REAL -> floatingPoint(text, 6);
            case DOUBLE -> floatingPoint(text, 15);
            case BOOLEAN -> matches("LOWER(" + text + ")", "(true|t|yes|y|1|false|f|no|n|0)");
            case DATE -> matches(text, DATE) + " AND " + hasAYear(text);
            case TIMESTAMP -> matches(text, DATE + TIME + "?") + " AND " + hasAYear(text);
            case TIMESTAMPTZ -> matches(text, DATE + TIME) + " AND " + hasAYear(text);
            case TIME -> matches("' ' || " + text, TIME);
            // No expression tells whether a text is JSON; and bytes, zones of times are rare.
            case TIMETZ, SUPER, VARBYTE -> "1 = 0";
            case CHAR ->
                "OCTET_LENGTH(" + text + ") <= " + type.length() + " AND OCTET_LENGTH(" + text + ") = LEN(" + text
                        + ")";
            case VARCHAR -> "OCTET_LENGTH(" + text + ") <= " + type.length();
        };
    }

    private static String decimal(int precision, int scale) {
        int digits = precision == PRECISION_OF_64_BITS ? precision - 1 : precision;
        int whole = digits - scale;
        return "-?" + (whole < 1 ? "0" : "[0-9]{1," + whole + "}")
                + (scale == 0 ? "" : "([.][0-9]{1," + Math.min(scale, digits) + "})?");
    }

    /** So few digits are the same number in any reading; zero with a sign is not the same text. */
    private static String floatingPoint(String text, int digits) {
        return matches(text, "-?[0-9]{1," + digits + "}([.][0-9]{1," + digits + "})?") + " AND OCTET_LENGTH(" + text
                + ") <= " + digits + " AND " + text + " !~ '^-[0.]*$'";
    }

    private static String hasAYear(String text) {
        return text + " !~ '^0000'";
    }

    private static String matches(String text, String expression) {
        return text + " ~ '^" + expression + "$'";
    }

    /**
     * Returns the value.
     *
     * @param text meets the condition, or is NULL
     */
    static String cast(String text, ColumnType type) {
        return switch (type.kind()) {
            // A text is not CAST to BOOLEAN.
            case BOOLEAN ->
                "CASE WHEN LOWER(" + text + ") IN " + TRUE + " THEN TRUE WHEN LOWER(" + text + ") IN " + FALSE
                        + " THEN FALSE END";
            case TIMESTAMPTZ -> "CAST(" + text + " || '+00' AS " + type.sql() + ")";
            case SUPER -> "JSON_PARSE(" + text + ")";
            case VARBYTE -> "FROM_HEX(" + text + ")";
            case SMALLINT, INTEGER, BIGINT, DECIMAL, REAL, DOUBLE, DATE, TIMESTAMP, TIME, TIMETZ, CHAR, VARCHAR ->
                "CAST(" + text + " AS " + type.sql() + ")";
        };
    }
}
