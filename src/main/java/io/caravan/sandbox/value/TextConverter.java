package io.caravan.sandbox.value;

import io.caravan.sandbox.command.CopyOptions;

/** VARCHAR(n), n in bytes of UTF-8. */
final class TextConverter implements FieldConverter {

    private final int maxBytes;
    private final CopyOptions options;

    TextConverter(int maxBytes, CopyOptions options) {
        this.maxBytes = maxBytes;
        this.options = options;
    }

    @Override
    public void convert(byte[] bytes, int from, int end, CopyRows out) throws FieldException {
        boolean ascii = true;
        for (int i = from; i < end; i++) {
            byte b = bytes[i];
            if (b <= 0) {
                if (b == 0) {
                    throw new FieldException(1218, "Invalid null byte - field longer than 1 byte");
                }
                ascii = false;
            }
        }
        if (!ascii) {
            Utf8.check(bytes, from, end, options.invalidCharacter);
        }
        int to = options.trimBlanks ? Blanks.end(bytes, from, end) : end;
        out.text(bytes, from, fit(bytes, from, to));
    }

    /** Blanks beyond the length are cut; anything else only with TRUNCATECOLUMNS, between two characters. */
    private int fit(byte[] bytes, int from, int to) throws FieldException {
        if (to - from <= maxBytes) {
            return to;
        }
        int cut = from + maxBytes;
        if (!options.truncateColumns && Blanks.end(bytes, cut, to) != cut) {
            throw new FieldException(1204, "String length exceeds DDL length");
        }
        while (cut > from && (bytes[cut] & 0xc0) == 0x80) {
            cut--;
        }
        return cut;
    }
}
