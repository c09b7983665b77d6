package io.caravan.sandbox.value;

import io.caravan.sandbox.command.CopyOptions;

/** Reads a field of a CSV record as a value of one type, by Redshift's rules for COPY. */
interface FieldConverter {

    /** Converts the bytes from (inclusive) to (exclusive), which are neither empty nor null. */
    void convert(byte[] bytes, int from, int to, CopyRows out) throws FieldException;

    static FieldConverter of(CopyColumn column, CopyOptions options) {
        return switch (column.typeName()) {
            case "int2" -> new IntegerConverter(Short.BYTES, "Short");
            case "int4" -> new IntegerConverter(Integer.BYTES, "Integer");
            case "int8" -> new IntegerConverter(Long.BYTES, "Long");
            case "numeric" -> new DecimalConverter(column.length(), column.scale(), options.roundDecimals);
            case "float4" -> new FloatConverter(true);
            case "float8" -> new FloatConverter(false);
            case "bool" -> new BooleanConverter();
            case "date" -> new DateConverter(options.dateFormat);
            case "timestamp" -> new TimestampConverter(options.timeFormat, false);
            case "timestamptz" -> new TimestampConverter(options.timeFormat, true);
            case "varchar", "text" -> new TextConverter(column.length(), options);
            case "bpchar" -> new CharConverter(column.length(), options);
            case "time" -> new TimeConverter(false);
            case "timetz" -> new TimeConverter(true);
            case "super" -> new SuperConverter();
            case "varbyte", "geometry", "geography" -> new HexConverter(column.typeName());
            default ->
                (bytes, from, to, out) -> {
                    throw new FieldException(1223, "Type " + column.typeName() + " is not supported by the sandbox");
                };
        };
    }
}
