package io.caravan.app.act;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.List;

/**
 * How something gets on that an operator wants done.
 *
 * @param id by which its page is found; nobody can guess it
 * @param act what is wanted
 * @param by who wants it
 * @param at when they said so
 * @param state how far it is
 * @param count with how many; 0 before they are counted
 * @param notes what people should know besides
 */
public record ActTicket(String id, Act act, String by, Instant at, State state, long count, List<String> notes) {

    /** How far it is. */
    public enum State {
        /** What it would do is being counted. */
        COUNTING,
        /** It waits for somebody to confirm the count. */
        COUNTED,
        /** It is being done. */
        RUNNING,
        /** It is done. */
        DONE,
        /** It failed; what was done before that stays done. */
        FAILED;

        /** Returns whether it goes on by itself. */
        public boolean isMoving() {
            return this == COUNTING || this == RUNNING;
        }
    }

    public ActTicket {
        requireNonNull(id, "id");
        requireNonNull(act, "act");
        notes = List.copyOf(notes);
    }

    ActTicket in(State next) {
        return new ActTicket(id, act, by, at, next, count, notes);
    }

    ActTicket in(State next, ActResult result) {
        return new ActTicket(id, act, by, at, next, result.count(), result.notes());
    }
}
