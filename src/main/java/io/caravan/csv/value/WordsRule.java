package io.caravan.csv.value;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** BOOLEAN in words of the feed's own, in any case: those for true, a slash, those for false, {@code on|1.0/off|0.0}. */
final class WordsRule implements ValueRule {

    private final String format;
    private final Map<String, String> values = new HashMap<>();

    /**
     * @throws IllegalArgumentException if the format is not made of such words
     */
    WordsRule(String format) {
        this.format = format;
        String[] sides = format.toLowerCase(Locale.ROOT).split("/", -1);
        boolean isFormat = sides.length == 2 && add(sides[0], "true") && add(sides[1], "false");
        if (!isFormat) {
            throw new IllegalArgumentException("a BOOLEAN's format is two words, the one for true first: J/N");
        }
    }

    /** Adds the words of a value; returns false if there is none, or one of them is known. */
    private boolean add(String side, String value) {
        List<String> words =
                Arrays.stream(side.split("\\|", -1)).map(String::strip).toList();
        return words.stream().allMatch(word -> !word.isEmpty() && values.putIfAbsent(word, value) == null);
    }

    @Override
    public String canonical(String value) throws RefusedValueException {
        String known = values.get(Blanks.strip(value).toLowerCase(Locale.ROOT));
        if (known == null) {
            throw RefusedValueException.format("not one of " + Names.quoted(format) + " in any case");
        }
        return known;
    }
}
