package io.caravan.route.parameter;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Lists in the text of a parameter. A piece may stand in double quotes: separators in it are text then, and a doubled quote
 * is one. White space around pieces says nothing.
 */
final class QuotedText {

    /** Stands for what is in quotes; not a character, so no separator matches it. */
    private static final char HIDDEN = '\uFFFF';

    private QuotedText() {}

    /**
     * Returns the pieces between separators that are not in quotes, their own quotes still around them.
     *
     * @param most how many pieces at most, the last of them with all separators that follow; 0 for any number
     * @throws IllegalArgumentException if a quote is not closed
     */
    static List<String> split(String text, Pattern separator, int most) {
        Matcher separators = separator.matcher(mask(text));
        List<String> pieces = new ArrayList<>();
        int from = 0;
        while ((most == 0 || pieces.size() < most - 1) && separators.find()) {
            pieces.add(text.substring(from, separators.start()).strip());
            from = separators.end();
        }
        pieces.add(text.substring(from).strip());
        return pieces;
    }

    /**
     * Returns what a piece says, without quotes.
     *
     * @throws IllegalArgumentException if it is empty, or only part of it is in quotes
     */
    static String unquoted(String piece) {
        if (piece.isEmpty()) {
            throw new IllegalArgumentException("a value is missing; an empty text is written \"\"");
        }
        if (piece.indexOf('"') < 0) {
            return piece;
        }
        boolean whole = piece.length() > 1 && mask(piece).chars().allMatch(c -> c == HIDDEN);
        String content = whole ? piece.substring(1, piece.length() - 1) : "";
        if (!whole || content.replace("\"\"", "").indexOf('"') >= 0) {
            throw new IllegalArgumentException(
                    "what holds a double quote stands in double quotes as a whole, with the quote doubled");
        }
        return content.replace("\"\"", "\"");
    }

    private static String mask(String text) {
        StringBuilder mask = new StringBuilder(text);
        boolean quoted = false;
        for (int i = 0; i < text.length(); i++) {
            boolean quote = text.charAt(i) == '"';
            if (quote || quoted) {
                mask.setCharAt(i, HIDDEN);
            }
            quoted ^= quote;
        }
        if (quoted) {
            throw new IllegalArgumentException(
                    "a double quote is not closed; in quotes a double quote is written twice");
        }
        return mask.toString();
    }
}
