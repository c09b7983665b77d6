package io.caravan.model.feed;

/** Which records are rows, by how many fields they have. */
public enum RecordLength {

    /** Those with a field for each name. */
    EQUAL("reject"),

    /** Also those that lack fields at their end: these are NULL. */
    SHORT("null"),

    /** Also those that have more, if what is too much is empty. */
    ANY("any");

    private final String text;

    RecordLength(String text) {
        this.text = text;
    }

    /** Returns what feeds call it. */
    public String text() {
        return text;
    }
}
