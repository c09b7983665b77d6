package io.caravan.prove;

import io.caravan.prove.Findings.Difference;

/** What a trial saw, which decides its claim. */
final class Seen {

    private Seen() {}

    /** Returns it if it is what was expected. */
    static String same(Object expected, Object seen) throws Difference {
        if (!expected.equals(seen)) {
            throw new Difference("expected " + expected + ", seen " + seen);
        }
        return String.valueOf(seen);
    }

    /** Returns it if it is as it should be. */
    static String that(boolean holds, String seen) throws Difference {
        if (!holds) {
            throw new Difference(seen);
        }
        return seen;
    }
}
