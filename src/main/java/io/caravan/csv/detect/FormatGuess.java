package io.caravan.csv.detect;

/**
 * How a column is written, if not in a standard form.
 *
 * @param format as feeds have it; empty if it may be several, which the reason names
 */
record FormatGuess(String format, Confidence confidence, String reason) {

    static FormatGuess none(String reason) {
        return new FormatGuess("", Confidence.SURE, reason);
    }

    boolean isFound() {
        return !format.isEmpty();
    }
}
