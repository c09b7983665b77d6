package io.caravan.base;

import static java.util.stream.Collectors.joining;

import java.util.Collection;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Values as JSON. Maps are objects, collections are arrays; numbers, booleans and null are themselves, and everything else is its
 * text. What is not to be printed as it is, is escaped.
 */
public final class JsonText {

    private static final String INDENT = "  ";

    private JsonText() {}

    /** Returns a value on one line, with a blank behind each comma and colon. */
    public static String of(@Nullable Object value) {
        if (value instanceof Map<?, ?> map) {
            return members(map, JsonText::of).collect(joining(", ", "{", "}"));
        }
        if (value instanceof Collection<?> values) {
            return values.stream().map(JsonText::of).collect(joining(", ", "[", "]"));
        }
        return scalar(value);
    }

    /** Returns a value with each member and each element on a line of its own; without a line feed at its end. */
    public static String pretty(@Nullable Object value) {
        return pretty(value, "\n");
    }

    private static String pretty(@Nullable Object value, String lineFeed) {
        String inner = lineFeed + INDENT;
        if (value instanceof Map<?, ?> map && !map.isEmpty()) {
            return members(map, member -> pretty(member, inner))
                    .collect(joining("," + inner, "{" + inner, lineFeed + "}"));
        }
        if (value instanceof Collection<?> values && !values.isEmpty()) {
            return values.stream()
                    .map(element -> pretty(element, inner))
                    .collect(joining("," + inner, "[" + inner, lineFeed + "]"));
        }
        return of(value);
    }

    private static Stream<String> members(Map<?, ?> map, Function<@Nullable Object, String> text) {
        return map.entrySet().stream()
                .map(member -> quote(String.valueOf(member.getKey())) + ": " + text.apply(member.getValue()));
    }

    private static String scalar(@Nullable Object value) {
        return value == null || value instanceof Number || value instanceof Boolean
                ? String.valueOf(value)
                : quote(value.toString());
    }

    private static String quote(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        text.codePoints().forEach(c -> {
            switch (c) {
                case '"' -> quoted.append("\\\"");
                case '\\' -> quoted.append("\\\\");
                case '\n' -> quoted.append("\\n");
                case '\r' -> quoted.append("\\r");
                case '\t' -> quoted.append("\\t");
                default -> quoted.append(VisibleText.of(Character.toString(c)));
            }
        });
        return quoted.append('"').toString();
    }
}
