package io.caravan.sandbox.value;

/**
 * SMALLINT, INTEGER and BIGINT.
 *
 * @param size bytes of a value
 * @param type its name in Redshift's messages
 */
record IntegerConverter(int size, String type) implements FieldConverter {

    @Override
    public void convert(byte[] bytes, int start, int end, CopyRows out) throws FieldException {
        int from = Blanks.start(bytes, start, end);
        int to = Blanks.end(bytes, from, end);
        int i = from;
        boolean negative = i < to && bytes[i] == '-';
        if (i < to && (negative || bytes[i] == '+')) {
            i++;
        }
        if (i == to) {
            throw Blanks.invalidDigit(bytes, i, from, to, type);
        }
        long value = 0;
        boolean overflow = false;
        for (; i < to; i++) {
            int digit = bytes[i] - '0';
            if (digit < 0 || digit > 9) {
                throw Blanks.invalidDigit(bytes, i, from, to, type);
            }
            overflow |= value < (Long.MIN_VALUE + digit) / 10;
            value = value * 10 - digit;
        }
        long max = Long.MAX_VALUE >> (Long.SIZE - Byte.SIZE * size);
        if (overflow || value < -max - (negative ? 1 : 0)) {
            throw new FieldException(1222, "Overflow, Value out of range, Type: " + type);
        }
        out.integer(negative ? value : -value, size);
    }
}
