package io.caravan.model.feed;

import java.text.Normalizer;
import java.util.Locale;
import java.util.regex.Pattern;

/** Names of columns as people write them: what cannot be seen of them says nothing. */
public final class ColumnNames {

    /** Where a name in camel case has its next word: {@code customerName}, {@code XMLFile}. */
    private static final Pattern WORD =
            Pattern.compile("(?<=[\\p{Ll}\\p{Nd}])(?=\\p{Lu})|(?<=\\p{Lu})(?=\\p{Lu}\\p{Ll})");

    private static final Pattern NO_WORD = Pattern.compile("[^\\p{L}\\p{M}\\p{Nd}]+");

    private static final int NEXT_LINE = 0x85;

    private ColumnNames() {}

    /**
     * Returns a name without white space around it. White space of any kind in it, a line break too, is one blank; characters of
     * no width, as U+200B and U+FEFF, are gone; letters and their marks are one character where there is one.
     */
    public static String clean(String name) {
        StringBuilder clean = new StringBuilder(name.length());
        boolean isBlank = false;
        for (int c : name.codePoints().toArray()) {
            if (Character.isWhitespace(c) || Character.isSpaceChar(c) || c == NEXT_LINE) {
                isBlank = true;
            } else if (Character.getType(c) != Character.FORMAT) {
                if (isBlank && clean.length() > 0) {
                    clean.append(' ');
                }
                isBlank = false;
                clean.appendCodePoint(c);
            }
        }
        return Normalizer.normalize(clean, Normalizer.Form.NFC);
    }

    /** Returns a name as it is compared: clean, and in lower case. */
    public static String fold(String name) {
        return clean(name).toLowerCase(Locale.ROOT);
    }

    /**
     * Returns a name in lower case with underscores between its words, {@code customer_id} for {@code Customer ID}; empty if there
     * is no letter and no digit in it.
     */
    public static String snake(String name) {
        String words = WORD.matcher(clean(name)).replaceAll("_");
        String snake = NO_WORD.matcher(words).replaceAll("_").toLowerCase(Locale.ROOT);
        int from = snake.startsWith("_") ? 1 : 0;
        int to = snake.endsWith("_") && snake.length() > from ? snake.length() - 1 : snake.length();
        return snake.substring(from, to);
    }

    /** Returns the letters and digits of a name, in lower case: names that share them mean the same, probably. */
    public static String letters(String name) {
        return NO_WORD.matcher(clean(name)).replaceAll("").toLowerCase(Locale.ROOT);
    }
}
