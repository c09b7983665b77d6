package io.caravan.model.key;

import java.util.function.IntPredicate;

/** A piece of a glob: one character of a text, or any number of them. */
sealed interface GlobStep {

    /** One code point that is taken. */
    record One(IntPredicate takes) implements GlobStep {}

    /** Any number of code points. */
    enum Many implements GlobStep {
        /** {@code *}: inside of one folder. */
        NAME,
        /** <code>**</code>: through folders. */
        DEEP,
        /** <code>**&#47;</code>: any number of whole folders, also none. */
        FOLDERS
    }

    /**
     * At least one code point inside of one folder, which somebody wants to know.
     *
     * @param name what they are called
     */
    record Capture(String name) implements GlobStep {}

    /** Returns whether the step may take the code points from one place to another. */
    default boolean mayTake(int[] text, int from, int end) {
        if (this instanceof Capture) {
            return end > from;
        }
        return this != Many.FOLDERS || end == from || text[end - 1] == '/';
    }

    /** Returns whether what the step takes may go on behind a code point. */
    default boolean crosses(int codePoint) {
        return codePoint != '/' || this == Many.DEEP || this == Many.FOLDERS;
    }
}
