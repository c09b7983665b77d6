package io.caravan.csv.value;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * Names of columns and characters for people. They come out of objects, so they can be anything: long, many, or control
 * characters.
 */
public final class Names {

    private static final int MAX_CHARS = 100;
    private static final int MAX_NAMES = 50;

    private Names() {}

    /** Returns the names in quotes, the first of them if they are many. */
    public static String list(List<String> names) {
        String shown = names.stream().limit(MAX_NAMES).map(Names::quoted).collect(Collectors.joining(", "));
        return names.size() <= MAX_NAMES ? shown : shown + " and " + (names.size() - MAX_NAMES) + " more";
    }

    /**
     * Returns a name in double quotes, at most 100 characters of it. What cannot be seen is a backslash, u and its code point in
     * braces, a quote is {@code \"}. A backslash stands for itself, so that a regular expression or a directory can be copied; it is
     * doubled only where it would be read as the beginning of an escape.
     */
    public static String quoted(String name) {
        int end = name.codePointCount(0, name.length()) > MAX_CHARS
                ? name.offsetByCodePoints(0, MAX_CHARS)
                : name.length();
        StringBuilder text = new StringBuilder("\"");
        int backslashes = 0;
        for (int at = 0; at < end; at += Character.charCount(name.codePointAt(at))) {
            int c = name.codePointAt(at);
            boolean isEscaped = c == '"' || !isVisible(c);
            if (isEscaped || name.startsWith("u{", at)) {
                text.append("\\".repeat(backslashes));
            }
            backslashes = c == '\\' ? backslashes + 1 : 0;
            if (isEscaped) {
                text.append(c == '"' ? "\\\"" : "\\u{" + Integer.toHexString(c) + '}');
            } else {
                text.appendCodePoint(c);
            }
        }
        return end < name.length()
                ? text.append("…\"").toString()
                : text.append("\\".repeat(backslashes)).append('"').toString();
    }

    /** Returns whether all of a name can be seen. */
    public static boolean isVisible(String name) {
        return name.codePoints().allMatch(Names::isVisible);
    }

    /** Returns whether a character can be seen, or is a blank that can be. */
    public static boolean isVisible(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> false;
            default -> true;
        };
    }

    /**
     * Returns what is to be said of a character that does not belong where it is: {@code character 2 is U+00A0, a no-break space}.
     * What is the value's own, letters, digits and the signs of keyboards, is not named.
     *
     * @param complaint what is said of one that is not named: {@code is not a digit}
     */
    static String character(String text, int index, String complaint) {
        int c = text.codePointAt(index);
        String place = "character " + (index + 1) + " ";
        if ((c >= ' ' && c <= '~') || Character.isLetter(c)) {
            return place + complaint;
        }
        return Character.isDigit(c)
                ? place + "is a digit other than 0 to 9"
                : place + String.format(Locale.ROOT, "is U+%04X, %s", c, nameOf(c));
    }

    private static String nameOf(int c) {
        return switch (c) {
            case '\0' -> "NUL";
            case '\t' -> "a tab";
            case '\n' -> "a line feed";
            case '\r' -> "a carriage return";
            case 0xA0 -> "a no-break space";
            case 0x202F -> "a narrow no-break space";
            case 0x2009 -> "a thin space";
            case 0x200B -> "a zero-width space";
            case 0xFEFF -> "a byte order mark";
            default -> {
                String name = Character.getName(c);
                yield name == null ? "not assigned" : name.toLowerCase(Locale.ROOT);
            }
        };
    }
}
