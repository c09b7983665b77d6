package io.caravan.csv;

import java.util.Optional;

/** What a rule asks of a value in its canonical form. */
@FunctionalInterface
interface Condition {

    Optional<String> PASSED = Optional.empty();
    Optional<String> FAILED = Optional.of("");

    /** Returns {@link #PASSED}, {@link #FAILED}, or more about the failure, for people; never with the value. */
    Optional<String> look(String value);

    static Optional<String> of(boolean passed) {
        return passed ? PASSED : FAILED;
    }
}
