package io.caravan.csv.guess;

import java.util.List;

/**
 * How a column is written, if not in a standard form.
 *
 * @param format as feeds have it; empty if it may be several, which the reason names
 * @param choices these, as feeds have them; empty if there are none to choose from
 */
record FormatGuess(String format, Confidence confidence, String reason, List<String> choices) {

    FormatGuess {
        choices = List.copyOf(choices);
    }

    FormatGuess(String format, Confidence confidence, String reason) {
        this(format, confidence, reason, List.of());
    }

    static FormatGuess none(String reason, String... choices) {
        return new FormatGuess("", Confidence.SURE, reason, List.of(choices));
    }

    boolean isFound() {
        return !format.isEmpty();
    }
}
