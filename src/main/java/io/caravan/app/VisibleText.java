package io.caravan.app;

import java.util.regex.Pattern;

/**
 * Text from outside as a terminal may have it. Object keys and records may hold anything, line feeds and escape sequences for
 * the terminal too, and characters that turn the direction of what follows them.
 */
final class VisibleText {

    private static final Pattern HARMFUL =
            Pattern.compile("[\\p{Cc}\\p{Cs}\\u2028\\u2029\\u202A-\\u202E\\u2066-\\u2069]");

    private VisibleText() {}

    /** Returns the text with a question mark for each character that is not to be printed. */
    static String of(String text) {
        return HARMFUL.matcher(text).replaceAll("?");
    }
}
