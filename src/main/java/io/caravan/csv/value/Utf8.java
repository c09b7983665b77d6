package io.caravan.csv.value;

/** Lengths as Redshift counts them: in bytes of UTF-8. */
public final class Utf8 {

    /** The most bytes that one {@code char} takes. */
    public static final int MAX_BYTES_PER_CHAR = 3;

    private Utf8() {}

    /** Returns the length of a text that holds no lone surrogate. */
    public static int bytes(String text) {
        int bytes = text.length();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c >= 0x80) {
                bytes += bytes(c) - 1;
            }
        }
        return bytes;
    }

    /** Returns as many whole characters from the beginning of a text as so many bytes hold. */
    public static String cut(String text, int maxBytes) {
        int end = 0;
        int bytes = 0;
        while (end < text.length()) {
            int c = text.codePointAt(end);
            int chars = Character.charCount(c);
            bytes += chars * bytes(text.charAt(end));
            if (bytes > maxBytes) {
                break;
            }
            end += chars;
        }
        return text.substring(0, end);
    }

    /** Compares texts in the order of their bytes, in which pairs of surrogates are after all other characters. */
    public static int compare(String a, String b) {
        int length = Math.min(a.length(), b.length());
        for (int i = 0; i < length; i++) {
            char x = a.charAt(i);
            char y = b.charAt(i);
            if (x != y) {
                boolean pair = Character.isSurrogate(x);
                return pair == Character.isSurrogate(y) ? Character.compare(x, y) : pair ? 1 : -1;
            }
        }
        return Integer.compare(a.length(), b.length());
    }

    /** Returns what a character adds to the length; half of four bytes for each half of a pair of surrogates. */
    public static int bytes(char c) {
        if (c < 0x80) {
            return 1;
        }
        return c < 0x800 || Character.isSurrogate(c) ? 2 : 3;
    }
}
