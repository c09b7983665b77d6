package io.caravan.model.ledger;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Something that somebody has done with dead letters or with objects of the ledger.
 *
 * @param kind the word for it: replay, drop, rearm, skip
 * @param feed name of the feed; null if none was named
 * @param by who has done it: an operator of the page, or the user of the machine on which a command ran
 * @param at when it was done
 * @param things with how many dead letters or objects; at least 1
 * @param what what was done, in words: "dropped 2 open dead letters of feed orders"
 */
public record PastAct(String kind, @Nullable String feed, String by, Instant at, long things, String what) {

    public PastAct {
        requireNonNull(kind, "kind");
        requireNonNull(by, "by");
        requireNonNull(at, "at");
        requireNonNull(what, "what");
    }

    /** Returns it for people. */
    public String text() {
        return by + " has " + what;
    }
}
