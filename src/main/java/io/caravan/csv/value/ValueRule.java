package io.caravan.csv.value;

import io.caravan.model.row.ValuePacker;
import io.caravan.model.table.ColumnType;
import java.math.RoundingMode;

/** What a column's type asks of a value that is not NULL. */
public interface ValueRule {

    /**
     * Returns the value as text that COPY and INSERT read the same way, and that is equal for equal values. A value that is
     * written so already is returned as it is.
     *
     * @throws RefusedValueException if the column cannot hold it unchanged
     */
    String canonical(String value) throws RefusedValueException;

    /**
     * Returns the value with as many digits as the column keeps, in the canonical form.
     *
     * @param mode HALF_UP, for the nearest that the column holds, of two the one further from zero, and of times the later one; or
     *     DOWN, to leave out the digits
     * @throws RefusedValueException if the column cannot hold that either
     */
    default String rounded(String value, RoundingMode mode) throws RefusedValueException {
        return canonical(value);
    }

    /**
     * Puts the usual value in its place: one whose canonical text is the text itself, or that with a fixed end.
     *
     * @param text holds the value, which is not quoted and not NULL
     * @param from where it begins
     * @param to where it ends
     * @return whether it did; if not, {@link #canonical} knows more
     */
    default boolean pack(char[] text, int from, int to, ValuePacker packer, int place) {
        return false;
    }

    /** Returns the rule of a type. */
    static ValueRule of(ColumnType type) {
        return switch (type.kind()) {
            case SMALLINT, INTEGER, BIGINT -> new IntegerRule(type.kind());
            case DECIMAL -> new DecimalRule(type.length(), type.scale());
            case REAL -> FloatingPointRule.REAL;
            case DOUBLE -> FloatingPointRule.DOUBLE;
            case BOOLEAN -> new BooleanRule();
            case DATE -> new DateRule();
            case TIMESTAMP -> new TimestampRule(false);
            case TIMESTAMPTZ -> new TimestampRule(true);
            case TIME -> new TimeRule(false);
            case TIMETZ -> new TimeRule(true);
            case SUPER -> value -> new SuperText(Blanks.strip(value)).compact();
            case VARBYTE -> new BytesRule(type.length(), false);
            case CHAR, VARCHAR -> new TextRule(type);
        };
    }
}
