package io.caravan.sandbox.value;

import java.util.HexFormat;

/** Checks bytes to be UTF-8 as Redshift takes it: up to four bytes, no surrogates, nothing overlong. */
final class Utf8 {

    private Utf8() {}

    /** Puts the replacement over each invalid byte, or refuses if the replacement is -1. */
    static void check(byte[] bytes, int from, int to, int replacement) throws FieldException {
        int i = from;
        while (i < to) {
            int length = length(bytes, i, to);
            if (length > 0) {
                i += length;
            } else if (replacement >= 0) {
                bytes[i++] = (byte) replacement;
            } else {
                throw new FieldException(
                        1220,
                        "String contains invalid or unsupported UTF-8 codepoints. Bad UTF-8 hex sequence: "
                                + HexFormat.of().toHexDigits(bytes[i]) + " (error 3)");
            }
        }
    }

    /** Returns the bytes of the character that starts here, or 0 if none does. */
    private static int length(byte[] bytes, int at, int to) {
        int first = bytes[at] & 0xff;
        if (first < 0x80) {
            return 1;
        }
        int length = first >= 0xc2 && first < 0xe0
                ? 2
                : first >= 0xe0 && first < 0xf0 ? 3 : first >= 0xf0 && first < 0xf5 ? 4 : 0;
        if (length == 0 || at + length > to) {
            return 0;
        }
        int second = bytes[at + 1] & 0xff;
        int low = first == 0xe0 ? 0xa0 : first == 0xf0 ? 0x90 : 0x80;
        int high = first == 0xed ? 0x9f : first == 0xf4 ? 0x8f : 0xbf;
        if (second < low || second > high) {
            return 0;
        }
        for (int i = 2; i < length; i++) {
            if ((bytes[at + i] & 0xc0) != 0x80) {
                return 0;
            }
        }
        return length;
    }
}
