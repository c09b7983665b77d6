package io.caravan.csv.value;

/**
 * The white space around values that are not text: blank, tab to carriage return, and what else cannot be seen and is no part
 * of a number or a date: the blanks of Unicode, such as the one that does not break, and marks without width.
 */
public final class Blanks {

    /** Says what numbers below zero begin with in print; U+002D, which is on keyboards, is a hyphen as well. */
    private static final char MINUS = '\u2212';

    private Blanks() {}

    static boolean isBlank(char c) {
        return c == ' ' || (c >= '\t' && c <= '\r') || (c >= 0x85 && isUnicodeBlank(c));
    }

    private static boolean isUnicodeBlank(char c) {
        return switch (c) {
            case '\u0085', '\u00A0', '\u1680', '\u2028', '\u2029', '\u202F', '\u205F', '\u2060', '\u3000', '\uFEFF' ->
                true;
            default -> c >= '\u2000' && c <= '\u200B';
        };
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

    /** Returns a number without the white space around it, with the minus of keyboards for that of print. */
    static String stripNumber(String text) {
        String number = strip(text);
        return !number.isEmpty() && isMinus(number.charAt(0)) ? "-" + number.substring(1) : number;
    }

    /** Returns whether a character is the minus of print. */
    static boolean isMinus(char c) {
        return c == MINUS;
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
