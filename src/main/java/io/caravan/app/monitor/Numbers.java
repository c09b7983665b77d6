package io.caravan.app.monitor;

import java.util.Optional;

/** Numbers in addresses. */
final class Numbers {

    private Numbers() {}

    /** Returns a number from 0 to a greatest; the default if none is written. */
    static int of(Optional<String> written, int ifNone, int most) {
        try {
            return written.map(Integer::parseInt)
                    .map(number -> Math.max(0, Math.min(most, number)))
                    .orElse(ifNone);
        } catch (NumberFormatException e) {
            return ifNone;
        }
    }
}
