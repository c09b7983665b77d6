package io.caravan.csv.guess;

/** How sure a finding is, from most to least. */
public enum Confidence {
    /** The samples allow nothing else. */
    SURE("sure"),
    /** The samples speak for it, and nothing in them against it. */
    LIKELY("likely"),
    /** Something had to be said; look at it. */
    GUESS("a guess");

    private final String text;

    Confidence(String text) {
        this.text = text;
    }

    public String text() {
        return text;
    }
}
