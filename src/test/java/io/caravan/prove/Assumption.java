package io.caravan.prove;

import java.time.Duration;

/** Something that Caravan assumes of Redshift, or several such things that are tried together. */
interface Assumption {

    /** Returns its number in the plan; different from all others'. */
    int number();

    /** Returns what is tried, in a few words. */
    String name();

    /** Returns what the answer decides. */
    String settles();

    /** Returns how long it may take. What takes longer is a difference. */
    default Duration limit() {
        return Duration.ofMinutes(8);
    }

    /**
     * Tries it.
     *
     * @param ground where to try it; all that is made there is removed
     * @param findings is told of each claim as soon as it is decided
     * @throws Exception if it cannot be tried further; it is told of as a difference, or as not tried for a lack of rights
     */
    void tryOn(Ground ground, Findings findings) throws Exception;
}
