package io.caravan.model.table;

import static java.util.Objects.requireNonNull;

/**
 * The type of a column as Redshift declares it.
 *
 * @param kind which type
 * @param length CHAR and VARCHAR: how many bytes of UTF-8 a value may have, at least 1; VARBYTE: how many bytes; DECIMAL: the precision, all digits
 *     of a value, 1 to 38; otherwise 0
 * @param scale DECIMAL: digits after the point, 0 to the precision; otherwise 0
 * @see <a href="https://docs.aws.amazon.com/redshift/latest/dg/c_Supported_data_types.html">Redshift data types</a>
 */
public record ColumnType(Kind kind, int length, int scale) {

    /** The types that Caravan loads. */
    public enum Kind {
        SMALLINT,
        INTEGER,
        BIGINT,
        DECIMAL,
        REAL,
        DOUBLE,
        BOOLEAN,
        DATE,
        TIMESTAMP,
        TIMESTAMPTZ,
        TIME,
        TIMETZ,
        SUPER,
        VARBYTE,
        CHAR,
        VARCHAR;

        /** Returns whether values are text, for which an empty string is a value of its own and not NULL. */
        public boolean isText() {
            return this == CHAR || this == VARCHAR;
        }

        /** Returns whether values have so many digits and no more: those of a number, or of a second. */
        public boolean isExact() {
            return switch (this) {
                case SMALLINT, INTEGER, BIGINT, DECIMAL, TIMESTAMP, TIMESTAMPTZ, TIME, TIMETZ -> true;
                case REAL, DOUBLE, BOOLEAN, DATE, SUPER, VARBYTE, CHAR, VARCHAR -> false;
            };
        }
    }

    public ColumnType {
        requireNonNull(kind, "kind");
        boolean sized = kind.isText() || kind == Kind.DECIMAL || kind == Kind.VARBYTE;
        if (sized ? length < 1 : length != 0) {
            throw new IllegalArgumentException(kind + " with a length of " + length);
        }
        if (kind == Kind.DECIMAL ? scale < 0 || scale > length : scale != 0) {
            throw new IllegalArgumentException(kind + " with a scale of " + scale);
        }
    }

    /** Returns a type without length or scale. */
    public static ColumnType of(Kind kind) {
        return new ColumnType(kind, 0, 0);
    }

    /** Returns VARCHAR of so many bytes. */
    public static ColumnType varchar(int bytes) {
        return new ColumnType(Kind.VARCHAR, bytes, 0);
    }

    /** Returns CHAR of so many bytes. */
    public static ColumnType character(int bytes) {
        return new ColumnType(Kind.CHAR, bytes, 0);
    }

    /** Returns VARBYTE of so many bytes. */
    public static ColumnType varbyte(int bytes) {
        return new ColumnType(Kind.VARBYTE, bytes, 0);
    }

    /** Returns DECIMAL of so many digits in all, and so many of them after the point. */
    public static ColumnType decimal(int precision, int scale) {
        return new ColumnType(Kind.DECIMAL, precision, scale);
    }

    /** Returns the type as it stands in a CREATE TABLE statement, for example {@code DECIMAL(8,2)}. */
    public String sql() {
        return switch (kind) {
            case DECIMAL -> "DECIMAL(" + length + "," + scale + ")";
            case CHAR, VARCHAR, VARBYTE -> kind + "(" + length + ")";
            case DOUBLE -> "DOUBLE PRECISION";
            case SMALLINT, INTEGER, BIGINT, REAL, BOOLEAN, DATE, TIMESTAMP, TIMESTAMPTZ, TIME, TIMETZ, SUPER ->
                kind.name();
        };
    }
}
