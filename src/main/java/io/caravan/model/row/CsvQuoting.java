package io.caravan.model.row;

import static java.nio.charset.StandardCharsets.UTF_8;

/** How data files write values: which stand in quotes, and which cannot be written at all. */
public final class CsvQuoting {

    private static final boolean[] SPECIAL = new boolean[0x80];

    static {
        for (char c : new char[] {',', '"', '\n', '\r'}) {
            SPECIAL[c] = true;
        }
    }

    private CsvQuoting() {}

    /**
     * Returns a value as a field, in quotes if it needs them: if it holds a comma, a quote or a line break, begins or ends with a
     * blank or a control character, or is empty.
     *
     * @throws IllegalArgumentException if the value holds half a surrogate pair, which UTF-8 cannot write; the message does not
     *     hold the value
     */
    public static byte[] field(String value) {
        requireWholePairs(value);
        char[] text = value.toCharArray();
        boolean isQuoted = text.length == 0 || isNeeded(text, 0, text.length);
        return (isQuoted ? '"' + value.replace("\"", "\"\"") + '"' : value).getBytes(UTF_8);
    }

    /** Returns whether a value needs quotes, which is not empty. */
    static boolean isNeeded(char[] text, int from, int to) {
        boolean isNeeded = isBlank(text[from]) || isBlank(text[to - 1]);
        for (int i = from; i < to && !isNeeded; i++) {
            isNeeded = isSpecial(text[i]);
        }
        return isNeeded;
    }

    /** Returns whether a value needs quotes if it begins or ends with the character. */
    static boolean isBlank(char c) {
        return c <= ' ';
    }

    /** Returns whether a value needs quotes if it holds the character. */
    static boolean isSpecial(char c) {
        return c < SPECIAL.length && SPECIAL[c];
    }

    private static void requireWholePairs(String value) {
        int codePoint;
        for (int i = 0; i < value.length(); i += Character.charCount(codePoint)) {
            codePoint = value.codePointAt(i);
            if (codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE) {
                throw new IllegalArgumentException("a value holds half a surrogate pair");
            }
        }
    }
}
