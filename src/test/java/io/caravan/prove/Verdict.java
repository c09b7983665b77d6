package io.caravan.prove;

/** What has become of a claim. */
public enum Verdict {
    HOLDS("holds"),
    DIFFERS("differs"),
    UNTRIED("could not be tried");

    private final String text;

    Verdict(String text) {
        this.text = text;
    }

    /** Returns it for people. */
    public String text() {
        return text;
    }
}
