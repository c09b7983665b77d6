package io.caravan.base;

import java.util.HexFormat;

/**
 * Text from outside as a terminal or a log may have it. Object keys and records may hold anything: line feeds, escape sequences
 * for the terminal, characters that cannot be seen, and such as turn the direction of what follows them.
 */
public final class VisibleText {

    private VisibleText() {}

    /**
     * Returns the text on one line, with an escape in place of each character that is not to be printed: a backslash, {@code u}
     * and four hexadecimal digits of UTF-16, as in JSON and Java.
     */
    public static String of(String text) {
        return escape(text, true);
    }

    /** Returns the text with the same escapes, but with its line feeds and tabs: for text that has several lines on purpose. */
    public static String lines(String text) {
        return escape(text, false);
    }

    /** Returns whether a character is one that is not to be printed as it is. */
    static boolean isHarmful(int codePoint) {
        // Quick for what is usual.
        if (codePoint >= ' ' && codePoint < 0x7f) {
            return false;
        }
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> true;
            default -> false;
        };
    }

    private static String escape(String text, boolean onOneLine) {
        if (text.codePoints().noneMatch(VisibleText::isHarmful)) {
            return text;
        }
        StringBuilder escaped = new StringBuilder(text.length() + 16);
        text.codePoints().forEach(c -> {
            boolean isLayout = c == '\n' || c == '\t';
            if (isHarmful(c) && (onOneLine || !isLayout)) {
                for (char unit : Character.toChars(c)) {
                    escaped.append("\\u").append(HexFormat.of().toHexDigits(unit));
                }
            } else {
                escaped.appendCodePoint(c);
            }
        });
        return escaped.toString();
    }
}
