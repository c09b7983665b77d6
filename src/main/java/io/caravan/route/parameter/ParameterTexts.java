package io.caravan.route.parameter;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A feed's parameters as they are written, and what is wrong with them, told all at once in the end. */
final class ParameterTexts {

    private final Map<String, String> texts;
    private final List<String> problems = new ArrayList<>();

    /**
     * Takes the texts.
     *
     * @param texts by the names that the route template gives them
     */
    ParameterTexts(Map<String, String> texts) {
        this.texts = texts;
    }

    /** Notes what does not hold. */
    void refuse(String problem) {
        problems.add(problem);
    }

    /** Returns all that does not hold, in the order in which it was found. */
    List<String> problems() {
        return List.copyOf(problems);
    }

    /** Returns the text itself; empty if it is not given. */
    String written(String name) {
        return texts.getOrDefault(name, "");
    }

    /** Returns the text without blanks around it; empty if it is not given. */
    String stripped(String name) {
        return written(name).strip();
    }

    /** Returns the text without blanks around it; null if nothing is left of it. */
    @Nullable
    String orNull(String name) {
        String value = stripped(name);
        return value.isEmpty() ? null : value;
    }

    /** Returns the text itself, or another if it is not given. */
    String given(String name, String fallback) {
        String value = written(name);
        return value.isEmpty() ? fallback : value;
    }

    /** Returns the text itself; what is missing does not hold. */
    String required(String name) {
        String value = written(name);
        if (value.isBlank()) {
            refuse("'" + name + "' is missing");
        }
        return value;
    }

    /** Returns which of two words a parameter is; the first one unless it is given. */
    boolean isSecond(String name, String first, String second) {
        String written = given(name, first);
        String text = written.strip().toLowerCase(Locale.ROOT);
        if (!text.equals(first) && !text.equals(second)) {
            refuse("'" + name + "' is " + first + " or " + second + ", and not '" + written + "'");
        }
        return text.equals(second);
    }

    /** Returns whether a parameter is true; it is not unless it is given. */
    boolean isTrue(String name) {
        return parse(name, given(name, "false"), ParameterTexts::truth, false);
    }

    /** Returns a whole number within limits. */
    long number(String name, long fallback, long least, long most) {
        long value = parse(name, given(name, Long.toString(fallback)), Long::valueOf, fallback);
        if (value < least || value > most) {
            refuse("'" + name + "' is from " + least + " to " + most + ", and not " + written(name));
            return fallback;
        }
        return value;
    }

    /**
     * Returns what a text stands for.
     *
     * @param parser throws {@link IllegalArgumentException} for what does not hold
     */
    <T> T parse(String name, String text, Function<String, T> parser, T fallback) {
        try {
            return text.isEmpty() ? fallback : parser.apply(text.strip());
        } catch (IllegalArgumentException e) {
            refuse("'" + name + "' cannot be '" + text + "'");
            return fallback;
        }
    }

    private static boolean truth(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new IllegalArgumentException(text);
        };
    }
}
