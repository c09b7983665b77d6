package io.caravan.model.ledger;

import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/** Tells people what is chosen, a part after another. */
final class ChosenText {

    private final StringJoiner parts = new StringJoiner(", ");

    /** Adds a part, unless nothing is chosen by it: null, or what any text begins with. */
    ChosenText and(String what, @Nullable Object value) {
        if (value != null && !value.toString().isEmpty()) {
            parts.add(what + value);
        }
        return this;
    }

    /** Returns all parts; empty if there is none. */
    @Override
    public String toString() {
        return parts.toString();
    }
}
