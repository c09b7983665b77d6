package io.caravan.app.history;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What kind of thing has happened. */
public enum EventKind {
    /** A load has ended, committed or not, or people have said something of objects. */
    LOAD,
    /** What a feed did has failed, and is done again soon. */
    RETRY,
    /** An object does not load although others do. */
    SET_ASIDE,
    /** No object has arrived for longer than a feed expects. */
    MISSING,
    /** Nothing of a feed loads. */
    FEED_FAILED,
    /** A feed that failed loads again. */
    FEED_RECOVERED,
    /** A target was created, or has got columns or room. */
    SCHEMA,
    /** A feed's notifications cannot be had, or can again. */
    NOTIFICATIONS,
    /** Changed route files were taken over or refused. */
    RELOAD,
    /** Another replica runs a feed, or this one does again. */
    ELECTION,
    /** Somebody has done something on the page. */
    ACT,
    /** The service has started. */
    START;

    /** Returns the name as addresses and JSON have it. */
    public String text() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Returns the kind of a name; empty if there is none. */
    public static Optional<EventKind> parse(String text) {
        return Arrays.stream(values()).filter(kind -> kind.text().equals(text)).findFirst();
    }
}
