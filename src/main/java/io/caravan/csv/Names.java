package io.caravan.csv;

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

    /** Returns a name in double quotes, at most 100 characters of it, with escapes for what cannot be seen, and backslashes as they are. */
    static String quoted(String name) {
        StringBuilder text = new StringBuilder("\"");
        name.codePoints().limit(MAX_CHARS).forEach(c -> append(text, c));
        return text.append(name.codePointCount(0, name.length()) > MAX_CHARS ? "…\"" : "\"")
                .toString();
    }

    private static void append(StringBuilder text, int c) {
        if (c == '"') {
            text.append("\\\"");
        } else if (isVisible(c)) {
            text.appendCodePoint(c);
        } else {
            text.append("\\u{").append(Integer.toHexString(c)).append('}');
        }
    }

    /** Returns whether all of a name can be seen. */
    static boolean isVisible(String name) {
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
