package io.caravan.sandbox.value;

import io.caravan.sandbox.command.CopyOptions;

/** CHAR(n): single-byte characters only, trailing blanks without meaning. */
final class CharConverter implements FieldConverter {

    private final int maxBytes;
    private final boolean truncates;

    CharConverter(int maxBytes, CopyOptions options) {
        this.maxBytes = maxBytes;
        this.truncates = options.truncateColumns;
    }

    @Override
    public void convert(byte[] bytes, int from, int end, CopyRows out) throws FieldException {
        int to = Blanks.end(bytes, from, end);
        for (int i = from; i < to; i++) {
            if (bytes[i] < 0) {
                throw new FieldException(1215, "Multibyte character not supported for CHAR (Hint: Try using VARCHAR)");
            }
            if (bytes[i] == 0) {
                throw new FieldException(1218, "Invalid null byte - field longer than 1 byte");
            }
        }
        if (to - from > maxBytes) {
            if (!truncates) {
                throw new FieldException(1204, "Char length exceeds DDL length");
            }
            to = from + maxBytes;
        }
        out.text(bytes, from, to);
    }
}
