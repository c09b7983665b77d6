package io.caravan.sandbox.session;

import io.caravan.sandbox.grammar.StatementKind;
import io.caravan.sandbox.grammar.Verdict;
import io.caravan.sandbox.token.Tokenizer;
import java.util.Set;

/**
 * A statement of the client, what it means to its transaction, and what becomes of it.
 *
 * @param first its first word
 */
record Asked(String text, String first, StatementKind kind, Verdict verdict) {

    private static final Set<String> READ = Set.of("select", "with", "insert", "update", "delete", "merge", "(");
    private static final Set<String> CHANGE = Set.of("create", "drop", "alter", "rollback", "abort");

    static Asked of(String text, Verdict verdict) {
        boolean refused = verdict instanceof Verdict.Refuse;
        return new Asked(
                text,
                refused ? "" : Tokenizer.firstWord(text),
                refused ? StatementKind.OTHER : StatementKind.of(text),
                verdict);
    }

    /** Returns whether it reads or writes rows of tables. */
    boolean reads() {
        return READ.contains(first);
    }

    /** Returns whether after it a table may be another than before. */
    boolean changesTables() {
        return CHANGE.contains(first);
    }
}
