package io.caravan.app.report;

import java.io.Console;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Somebody at a terminal who can be asked. */
@FunctionalInterface
public interface Dialogue {

    /** Nobody is there. */
    Dialogue NOBODY = question -> Optional.empty();

    /** Returns the answer, without blanks around it; empty if there is nobody to ask. */
    Optional<String> ask(String question);

    /**
     * Asks at a console.
     *
     * @param console null if there is none
     */
    static Dialogue on(@Nullable Console console) {
        return console == null || !Progress.isTerminal(console)
                ? NOBODY
                : question ->
                        Optional.ofNullable(console.readLine("%s", question)).map(String::strip);
    }
}
