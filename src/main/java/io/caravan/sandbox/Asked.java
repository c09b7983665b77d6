package io.caravan.sandbox;

/** A statement of the client, what it means to its transaction, and what becomes of it. */
record Asked(String text, StatementKind kind, Verdict verdict) {

    static Asked of(String text, Verdict verdict) {
        StatementKind kind = verdict instanceof Verdict.Refuse ? StatementKind.OTHER : StatementKind.of(text);
        return new Asked(text, kind, verdict);
    }
}
