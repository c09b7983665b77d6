package io.caravan.sandbox;

import org.jspecify.annotations.Nullable;

/**
 * What PostgreSQL has been asked and has not answered yet.
 *
 * @param hidden asked by the sandbox itself: the client does not see the answer
 * @param error what the client sees in place of the error, where a text was sent that must fail
 * @param copy the COPY that this answer belongs to
 */
record Expected(Kind kind, boolean hidden, @Nullable SqlError error, @Nullable CopyJob copy) {

    enum Kind {
        PARSE,
        BIND,
        DESCRIBE,
        EXECUTE,
        CLOSE,
        SYNC,
        QUERY
    }

    static Expected visible(Kind kind) {
        return new Expected(kind, false, null, null);
    }

    static Expected hidden(Kind kind) {
        return new Expected(kind, true, null, null);
    }
}
