package io.caravan.csv.guess;

import java.util.Set;

/** What programs write for a value that is not there. */
public final class NullWords {

    private static final Set<String> WORDS = Set.of(
            "NULL", "null", "Null", "\\N", "NA", "N/A", "n/a", "#N/A", "#NA", "<NA>", "NaN", "nan", "None", "none",
            "nil", "-", "--", "---", ".", "..", "...", "?", "(null)", "[NULL]", "NaT", "#NULL!", "#VALUE!", "#DIV/0!",
            "#REF!");

    /** What says nothing else, also in a column of text. */
    private static final Set<String> PLAIN = Set.of("NULL", "\\N", "(null)", "[NULL]", "<NA>", "#N/A");

    private NullWords() {}

    public static boolean isOne(String text) {
        return WORDS.contains(text);
    }

    static boolean isPlain(String text) {
        return PLAIN.contains(text);
    }
}
