package io.caravan.csv;

import io.caravan.model.ColumnType;

/** What a column's type asks of a value that is not NULL. */
@FunctionalInterface
interface ValueRule {

    /**
     * Returns the value as text that COPY and INSERT read the same way, and that is equal for equal values. A value that is
     * written so already is returned as it is.
     *
     * @throws RefusedValueException if the column cannot hold it unchanged
     */
    String canonical(String value) throws RefusedValueException;

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
            case CHAR, VARCHAR -> new TextRule(type);
        };
    }
}
