package io.caravan.csv.value;

import java.util.List;
import java.util.stream.Collectors;

/** Names of columns for people. They come out of objects, so they can be anything: long, many, or control characters. */
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

    private static boolean isVisible(int c) {
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
}
