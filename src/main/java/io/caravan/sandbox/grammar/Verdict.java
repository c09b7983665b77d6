package io.caravan.sandbox.grammar;

import io.caravan.sandbox.command.CopyCommand;
import io.caravan.sandbox.copy.CopyJob;
import io.caravan.sandbox.fault.Fault;
import io.caravan.sandbox.fault.SqlError;

/** What becomes of a statement. */
public sealed interface Verdict {

    /** Returns the text for PostgreSQL. */
    String sql();

    /** PostgreSQL gets this text, as it came or rewritten. */
    record Forward(String sql) implements Verdict {}

    /**
     * PostgreSQL gets this text once it has locked the table against other writers.
     *
     * @param table the name for PostgreSQL, quoted
     * @param shared whether others may write so at the same time: INSERT and COPY may
     */
    record Write(String sql, String table, boolean shared) implements Verdict {}

    /** PostgreSQL gets this text, and the transaction is committed after it. */
    record ForwardAndCommit(String sql, String table) implements Verdict {}

    /**
     * PostgreSQL gets this text, but not inside a transaction.
     *
     * @param check a query that fails if the statement must
     */
    record Alone(String sql, String check) implements Verdict {}

    /** PostgreSQL gets {@link CopyJob#sql} when this is executed, and the sandbox feeds it with the objects. */
    record Copy(CopyCommand command) implements Verdict {

        /** A client may have this text prepared and described. */
        @Override
        public String sql() {
            return "COPY " + command.table() + " FROM STDIN";
        }
    }

    /** The fault waits from now on for the statement that it strikes. */
    record Arm(String sql, Fault fault) implements Verdict {}

    /**
     * The switch has this value from now on.
     *
     * @param own whether for this session alone
     */
    record Turn(String sql, Switch name, String value, boolean own) implements Verdict {}

    /** The client gets this error and the transaction is dead. */
    record Refuse(SqlError error) implements Verdict {

        /** PostgreSQL fails this text and its transaction; the client sees the refusal. */
        public static final String FAILS = "refused by the sandbox";

        @Override
        public String sql() {
            return FAILS;
        }
    }
}
