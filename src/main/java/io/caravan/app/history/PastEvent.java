package io.caravan.app.history;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Something that has happened.
 *
 * @param number unlike that of any other, and growing in the order in which this process heard of them
 * @param at when it happened
 * @param kind what it was
 * @param feed whose; null if it is no feed's
 * @param load id of the load that it is about; null if it is about none
 * @param code name of an error code; null if nothing failed
 * @param text what has happened, for people, without values of rows
 */
public record PastEvent(
        long number,
        Instant at,
        EventKind kind,
        @Nullable String feed,
        @Nullable String load,
        @Nullable String code,
        String text) {

    public PastEvent {
        requireNonNull(at, "at");
        requireNonNull(kind, "kind");
        requireNonNull(text, "text");
    }
}
