package io.caravan.prove;

/** What has become of a claim. */
enum Verdict {
    HOLDS("holds"),
    DIFFERS("differs"),
    UNTRIED("could not be tried");

    private final String text;

    Verdict(String text) {
        this.text = text;
    }

    /** Returns it for people. */
    String text() {
        return text;
    }
}
