package io.caravan.model.feed;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Words for characters that YAML or Camel would read as something else, as parameters have them and messages propose them. */
public final class NamedCharacters {

    private static final Map<String, Character> BY_NAME = Map.of(
            "comma", ',', "semicolon", ';', "tab", '\t', "pipe", '|', "space", ' ', "hash", '#', "backslash", '\\');

    /** Some write a tab as in other places. */
    private static final String OTHER_TAB = "\\t";

    private static final Map<Character, String> NAMES =
            BY_NAME.entrySet().stream().collect(Collectors.toUnmodifiableMap(Map.Entry::getValue, Map.Entry::getKey));

    private NamedCharacters() {}

    /** Returns the character of a name; empty if it is none. */
    public static Optional<Character> of(String name) {
        return Optional.ofNullable(name.equals(OTHER_TAB) ? Character.valueOf('\t') : BY_NAME.get(name));
    }

    /** Returns the name of a character; empty if it has none. */
    public static Optional<String> nameOf(char character) {
        return Optional.ofNullable(NAMES.get(character));
    }

    /** Returns all names, sorted. */
    public static List<String> all() {
        return Stream.concat(BY_NAME.keySet().stream(), Stream.of(OTHER_TAB))
                .sorted()
                .toList();
    }
}
