package io.caravan.app.text;

import io.caravan.base.VisibleText;

/** Sentences for a terminal of 80 columns. */
public final class WrappedText {

    private static final int WIDTH = 80;
    private static final String INDENT = "  ";

    private WrappedText() {}

    /**
     * Returns a sentence on as many lines as it needs, those behind the first indented by two more blanks; each ends in a line
     * feed. A word that is longer than a line stays whole, since it may be a key that people copy.
     *
     * @param margin blanks before the first line
     */
    public static String of(String margin, String sentence) {
        return of(margin, sentence, Screen.NONE);
    }

    /** Returns a sentence likewise for a terminal of another width. */
    public static String whole(String sentence, Screen screen) {
        return of("", sentence, screen.isTerminal() ? screen.width() : WIDTH, Integer.MAX_VALUE);
    }

    /** Returns it likewise; on a terminal a word that is longer than a line is shortened in the middle. */
    public static String of(String margin, String sentence, Screen screen) {
        int columns = screen.isTerminal() ? screen.width() : WIDTH;
        return of(
                margin,
                sentence,
                columns,
                screen.isTerminal() ? columns - margin.length() - INDENT.length() : Integer.MAX_VALUE);
    }

    private static String of(String margin, String sentence, int columns, int longest) {
        StringBuilder wrapped = new StringBuilder(margin);
        int length = margin.length();
        boolean isFirst = true;
        for (String whole : VisibleText.of(sentence).split(" ", -1)) {
            String word = ShortText.of(whole, longest);
            int width = TextWidth.of(word);
            if (!isFirst && length + 1 + width > columns) {
                wrapped.append('\n').append(margin).append(INDENT);
                length = margin.length() + INDENT.length();
            } else if (!isFirst) {
                wrapped.append(' ');
                length++;
            }
            wrapped.append(word);
            length += width;
            isFirst = false;
        }
        return wrapped.append('\n').toString();
    }
}
