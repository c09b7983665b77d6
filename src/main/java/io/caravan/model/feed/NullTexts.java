package io.caravan.model.feed;

import java.util.List;

/**
 * How objects write NULL.
 *
 * @param texts a field equal to one of them is NULL; at least one, which may be empty
 * @param quoted whether that is so of quoted fields too
 */
public record NullTexts(List<String> texts, boolean quoted) {

    /** An empty field without quotes. */
    public static final NullTexts EMPTY = of("");

    public NullTexts {
        texts = List.copyOf(texts);
        if (texts.isEmpty()) {
            throw new IllegalArgumentException("nothing is NULL");
        }
    }

    /** Means fields without quotes that are equal to a text. */
    public static NullTexts of(String text) {
        return new NullTexts(List.of(text), false);
    }

    /** Returns whether only empty fields without quotes are NULL. */
    public boolean areEmpty() {
        return !quoted && texts.size() == 1 && texts.get(0).isEmpty();
    }
}
