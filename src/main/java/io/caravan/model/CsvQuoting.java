package io.caravan.model;

/** Which values of data files stand in quotes, and which can be written at all. */
public final class CsvQuoting {

    private static final boolean[] SPECIAL = new boolean[0x80];

    static {
        for (char c : new char[] {',', '"', '\n', '\r'}) {
            SPECIAL[c] = true;
        }
    }

    private CsvQuoting() {}

    /**
     * Returns whether a value is quoted: if it holds a comma, a quote or a line break, begins or ends with a blank or a control
     * character, or is empty.
     */
    public static boolean isNeeded(String value) {
        int length = value.length();
        if (length == 0 || isBlank(value.charAt(0)) || isBlank(value.charAt(length - 1))) {
            return true;
        }
        for (int i = 0; i < length; i++) {
            if (isSpecial(value.charAt(i))) {
                return true;
            }
        }
        return false;
    }

    /** Returns whether a value is quoted, which is not empty. */
    static boolean isNeeded(char[] text, int from, int to) {
        boolean isNeeded = isBlank(text[from]) || isBlank(text[to - 1]);
        for (int i = from; i < to && !isNeeded; i++) {
            isNeeded = isSpecial(text[i]);
        }
        return isNeeded;
    }

    /** Returns whether a value that begins or ends with the character is quoted. */
    public static boolean isBlank(char c) {
        return c <= ' ';
    }

    /** Returns whether a value that holds the character is quoted. */
    public static boolean isSpecial(char c) {
        return c < SPECIAL.length && SPECIAL[c];
    }

    /**
     * Refuses what UTF-8 cannot write.
     *
     * @throws IllegalArgumentException if the value holds half a surrogate pair; the message does not hold the value
     */
    public static void requireWholePairs(String value) {
        int codePoint;
        for (int i = 0; i < value.length(); i += Character.charCount(codePoint)) {
            codePoint = value.codePointAt(i);
            if (codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE) {
                throw new IllegalArgumentException("a value holds half a surrogate pair");
            }
        }
    }
}
