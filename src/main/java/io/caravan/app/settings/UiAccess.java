package io.caravan.app.settings;

import static java.util.Objects.requireNonNull;

/**
 * One way in which the page knows who looks at it.
 *
 * @param kind which
 * @param argument the path of a file, or the name of a header in small letters; empty for {@link Kind#NONE}
 */
public record UiAccess(Kind kind, String argument) {

    /** What tells who somebody is. */
    public enum Kind {
        /** Nothing: whoever reaches the address may look. */
        NONE,
        /** Names and passwords in a file, asked for by the browser. */
        PASSWORD_FILE,
        /** Names and tokens in a file, sent by scripts as {@code Authorization: Bearer}. */
        TOKEN_FILE,
        /** A proxy says it in a header, and proves by a secret that it is the proxy. */
        HEADER
    }

    public UiAccess {
        requireNonNull(kind, "kind");
        requireNonNull(argument, "argument");
    }
}
