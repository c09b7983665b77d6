package io.caravan.sandbox.session;

import io.caravan.sandbox.copy.CopyJob;
import io.caravan.sandbox.fault.SqlError;
import io.caravan.sandbox.grammar.Relations;
import org.jspecify.annotations.Nullable;

/**
 * What PostgreSQL has been asked and has not answered yet.
 *
 * @param hidden asked by the sandbox itself: the client does not see the answer
 * @param error what the client sees in place of the error, where a text was sent that must fail
 * @param copy the COPY that this answer belongs to
 * @param relations what this answer is noted in
 * @param cuts the connection is cut in place of the answer
 */
record Expected(
        Kind kind,
        boolean hidden,
        @Nullable SqlError error,
        @Nullable CopyJob copy,
        @Nullable Relations relations,
        boolean cuts) {

    public enum Kind {
        PARSE,
        BIND,
        DESCRIBE,
        EXECUTE,
        CLOSE,
        SYNC,
        QUERY
    }

    static Expected visible(Kind kind) {
        return new Expected(kind, false, null, null, null, false);
    }

    static Expected hidden(Kind kind) {
        return new Expected(kind, true, null, null, null, false);
    }

    static Expected failing(Kind kind, SqlError error) {
        return new Expected(kind, false, error, null, null, false);
    }

    static Expected copying(Kind kind, boolean hidden, CopyJob copy) {
        return new Expected(kind, hidden, null, copy, null, false);
    }

    static Expected noting(Relations relations) {
        return new Expected(Kind.EXECUTE, true, null, null, relations, false);
    }

    static Expected cutting(Kind kind) {
        return new Expected(kind, false, null, null, null, true);
    }
}
