package io.caravan.sandbox;

/** What a statement means to its transaction. */
enum StatementKind {
    BEGIN,
    COMMIT,
    ROLLBACK,
    TRUNCATE,
    WRITE,
    OTHER;

    static StatementKind of(String sql) {
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
