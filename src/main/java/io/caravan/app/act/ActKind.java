package io.caravan.app.act;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What an operator can have done. */
public enum ActKind {
    /** Open dead letters go through their feed again. */
    REPLAY("replay", "replayed", "dead letters"),
    /** Open dead letters are marked: nothing is to be done about them. */
    DROP("drop", "dropped", "dead letters"),
    /** Objects load again with the next pass. */
    REARM("rearm", "rearmed", "objects"),
    /** Objects that are not loaded yet count as done. */
    SKIP("skip", "skipped", "objects");

    private final String verb;
    private final String done;
    private final String things;

    ActKind(String verb, String done, String things) {
        this.verb = verb;
        this.done = done;
        this.things = things;
    }

    /** Returns the word for doing it. */
    public String verb() {
        return verb;
    }

    /** Returns the word for what is done. */
    public String done() {
        return done;
    }

    /** Returns what it is done with. */
    public String things() {
        return things;
    }

    /** Returns whether it is about dead letters, and not about objects. */
    public boolean isOfDeadLetters() {
        return this == REPLAY || this == DROP;
    }

    /**
     * Returns for people what is meant, without how many.
     *
     * @param feed null if none is named
     * @param which which they are besides, for people; empty for all
     */
    public String text(@Nullable String feed, String which) {
        return (isOfDeadLetters() ? "open " : "")
                + things
                + (feed == null ? "" : " of feed " + feed)
                + (which.isEmpty() ? "" : ", " + which);
    }

    /** Returns the kind of a word; empty if there is none. */
    public static Optional<ActKind> parse(String verb) {
        return Arrays.stream(values())
                .filter(kind -> kind.verb.equals(verb.toLowerCase(Locale.ROOT)))
                .findFirst();
    }
}
