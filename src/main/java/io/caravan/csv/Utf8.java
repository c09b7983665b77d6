package io.caravan.csv;

/** Lengths as Redshift counts them: in bytes of UTF-8. */
final class Utf8 {

    /** The most bytes that one {@code char} takes. */
    static final int MAX_BYTES_PER_CHAR = 3;

    private Utf8() {}

    /** Returns the length of a text that holds no lone surrogate. */
    static int bytes(String text) {
        int bytes = text.length();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c >= 0x80) {
                bytes += bytes(c) - 1;
            }
        }
        return bytes;
    }

    /** Returns what a character adds to the length; half of four bytes for each half of a pair of surrogates. */
    static int bytes(char c) {
        if (c < 0x80) {
            return 1;
        }
        return c < 0x800 || Character.isSurrogate(c) ? 2 : 3;
    }
}
