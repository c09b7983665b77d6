package io.caravan.load.replay;

import static java.util.Objects.requireNonNull;

/**
 * A person's correction of the record of a dead letter.
 *
 * @param load id of the load that rejected it
 * @param key object key
 * @param etag ETag without quotes
 * @param line line of the object at which the record starts, from 1
 * @param text the record as it goes through its feed, without its line break
 */
public record Correction(String load, String key, String etag, long line, String text) {

    public Correction {
        requireNonNull(load, "load");
        requireNonNull(key, "key");
        requireNonNull(etag, "etag");
        requireNonNull(text, "text");
    }

    /** Returns a description of the dead letter, for people. */
    public String subject() {
        return "line " + line + " of " + key + ", rejected by load " + load;
    }
}
