package io.caravan.route.parameter;

import io.caravan.model.feed.ColumnNames;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Whether objects name their columns, or the feed does it for them.
 *
 * @param isInObjects whether the first record of an object is its header
 * @param names those that the feed gives; empty if it gives none
 */
record HeaderParameter(boolean isInObjects, List<String> names) {

    private static final Pattern COMMA = Pattern.compile(",");

    /**
     * Reads {@code true}, {@code false} or a list of names.
     *
     * @param texts is told of all that does not hold
     */
    static HeaderParameter of(ParameterTexts texts) {
        String text = texts.given("header", "true");
        String word = text.strip().toLowerCase(Locale.ROOT);
        if (word.equals("true") || word.equals("false")) {
            return new HeaderParameter(word.equals("true"), List.of());
        }
        try {
            List<String> pieces = QuotedText.split(text.strip(), COMMA, 0);
            if (pieces.size() == 1 && word.indexOf('"') < 0) {
                texts.refuse(
                        "'header' is true, false, or the names of the fields with commas between, of which one alone"
                                + " stands in double quotes; and not '" + text + "'");
            }
            boolean endsInComma =
                    pieces.size() > 1 && pieces.get(pieces.size() - 1).isEmpty();
            List<String> names = pieces.subList(0, pieces.size() - (endsInComma ? 1 : 0)).stream()
                    .map(QuotedText::unquoted)
                    .toList();
            check(names, texts);
            return new HeaderParameter(false, names);
        } catch (IllegalArgumentException e) {
            texts.refuse("'header' cannot be '" + text + "': " + e.getMessage());
            return new HeaderParameter(true, List.of());
        }
    }

    private static void check(List<String> names, ParameterTexts texts) {
        Set<String> seen = new HashSet<>();
        for (String name : names) {
            if (ColumnNames.clean(name).isEmpty()) {
                texts.refuse("'header' has an empty name");
            } else if (!seen.add(ColumnNames.fold(name))) {
                texts.refuse("'header' names '" + name + "' twice");
            }
        }
    }
}
