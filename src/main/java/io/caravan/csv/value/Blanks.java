package io.caravan.csv.value;

/** The white space around values that are not text: blank, and tab to carriage return. */
public final class Blanks {

    private Blanks() {}

    public static boolean isBlank(char c) {
        return c == ' ' || (c >= '\t' && c <= '\r');
    }

    public static boolean isBlank(String text) {
        return start(text) == text.length();
    }

    /** Returns the text without the white space around it. */
    static String strip(String text) {
        int from = start(text);
        int to = text.length();
        while (to > from && isBlank(text.charAt(to - 1))) {
            to--;
        }
        return text.substring(from, to);
    }

    /** Returns the text without the blanks at its end, which Redshift does not regard when it compares. */
    public static String stripEnd(String text) {
        int to = text.length();
        while (to > 0 && text.charAt(to - 1) == ' ') {
            to--;
        }
        return text.substring(0, to);
    }

    private static int start(String text) {
        int from = 0;
        while (from < text.length() && isBlank(text.charAt(from))) {
            from++;
        }
        return from;
    }
}
