package io.caravan.load.replay;

/** The reason why a dead letter cannot be replayed as it is, and stays open. */
public enum LeftOpen {
    CUT("their records are longer than what is kept of them (65,535 bytes)"),
    BYTES("their records hold bytes that are not text, which are shown as \\xHH"),
    MALFORMED("their records are not well-formed by the feed's CSV parameters"),
    VALUES("COPY refused them, and their values are kept as they were sent, not their records"),
    NO_HEADER(
            "the header of their object is not known: it is longer than 65,535 bytes, or the feed's route has a CSV reader"
                    + " of its own"),
    NEWER_SNAPSHOT("a newer snapshot has been loaded since"),
    NEWER_VERSION("their object was rejected as a whole, and another version of it has been dealt with since");

    private final String reason;

    LeftOpen(String reason) {
        this.reason = reason;
    }

    /** Returns why, for people, of several dead letters. */
    public String reason() {
        return reason;
    }
}
