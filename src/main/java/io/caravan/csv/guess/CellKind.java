package io.caravan.csv.guess;

import io.caravan.csv.record.ValueShape;
import java.util.regex.Pattern;

/** What a field is like, for telling a way of reading that makes sense from one that does not. */
public enum CellKind {
    /** A number, a date, an address: what hardly comes out of cutting at the wrong place. */
    TYPED(1),
    EMPTY(0.8),
    TEXT(0.9),
    /** It holds what parts fields in other files, or half a pair of quotes. */
    ODD(0.05);

    private static final int MOST_CHARS = 100;

    /** What parts fields and is rare inside of them. */
    private static final Pattern DELIMITERS = Pattern.compile("[;|\\t^~\\u0001]|,(?![ \\d])");

    /** Two names of control characters, or a backslash that is doubled: written so by who escapes. */
    private static final Pattern ESCAPES = Pattern.compile("\\\\[nt\\\\]");

    private static final Pattern AMOUNT = Pattern.compile(
            "[-(]?\\s?(\\p{Sc}|[A-Z]{3}\\s)?\\s?[-+]?\\d[\\d.,'\\u00A0\\u202F ]*\\s?(\\p{Sc}|[A-Z]{3}|%)?\\)?-?");

    private static final Pattern DAY_BY_NAME =
            Pattern.compile("(?i)(\\d{1,2}[- /.]{1,2}[a-z]{3,9}\\.?[- /,.]{1,2}(\\d{4}|\\d{2})"
                    + "|[a-z]{3,9}\\.? \\d{1,2},? \\d{4})( \\d{1,2}:\\d{2}.{0,12})?");

    private final double weight;

    CellKind(double weight) {
        this.weight = weight;
    }

    /** Returns how much sense it makes, from 0 to 1. */
    public double weight() {
        return weight;
    }

    public static CellKind of(String field, boolean isQuoted) {
        String text = field.strip();
        if (text.isEmpty()) {
            return EMPTY;
        }
        if (isTyped(text)) {
            return TYPED;
        }
        if (isQuoted) {
            return TEXT;
        }
        char first = text.charAt(0);
        char last = text.charAt(text.length() - 1);
        boolean isHalfQuoted = first == '"' || last == '"' || (first == '\'' && last == '\'' && text.length() > 1);
        return isHalfQuoted
                        || text.endsWith("\\")
                        || ESCAPES.matcher(text).find()
                        || DELIMITERS.matcher(text).find()
                ? ODD
                : TEXT;
    }

    /** Returns whether a text is a value of a type other than text, or a word for none. */
    public static boolean isTyped(String text) {
        return text.length() <= MOST_CHARS
                && (NullWords.isOne(text)
                        || ValueShape.of(text) != ValueShape.TEXT
                        || AMOUNT.matcher(text).matches()
                        || DAY_BY_NAME.matcher(text).matches());
    }

    static boolean isDayByName(String text) {
        return DAY_BY_NAME.matcher(text).matches();
    }
}
