package io.caravan.sandbox.grammar;

import io.caravan.sandbox.token.Tokenizer;

/** What a statement means to its transaction. */
public enum StatementKind {
    BEGIN,
    COMMIT,
    ROLLBACK,
    TRUNCATE,
    WRITE,
    OTHER;

    public static StatementKind of(String sql) {
        return switch (Tokenizer.firstWord(sql)) {
            case "begin", "start" -> BEGIN;
            case "commit", "end" -> COMMIT;
            case "rollback", "abort" -> ROLLBACK;
            case "truncate" -> TRUNCATE;
            case "insert", "update", "delete", "merge", "copy", "create", "drop", "alter" -> WRITE;
            default -> OTHER;
        };
    }
}
