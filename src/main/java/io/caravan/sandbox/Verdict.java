package io.caravan.sandbox;

/** What becomes of a statement. */
sealed interface Verdict {

    /** PostgreSQL gets this text, as it came or rewritten. */
    record Forward(String sql) implements Verdict {}

    /** PostgreSQL gets this text, and the transaction is committed after it. */
    record ForwardAndCommit(String sql) implements Verdict {}

    /** PostgreSQL gets this COPY FROM STDIN, and the sandbox feeds it with the objects. */
    record Copy(String sql, CopyCommand command) implements Verdict {}

    /** The client gets this error and the transaction is dead. */
    record Refuse(SqlError error) implements Verdict {}
}
