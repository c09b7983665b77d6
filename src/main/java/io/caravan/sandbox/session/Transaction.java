package io.caravan.sandbox.session;

import io.caravan.sandbox.fault.Fault;
import io.caravan.sandbox.grammar.StatementKind;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Set;

/** What the client has asked for since its last BEGIN, or since its last Sync outside of a transaction. Not thread-safe. */
final class Transaction {

    /** Of a long statement only its beginning is kept, for a fault to match. */
    private static final int KEPT = 4096;

    private final Set<String> statements = new LinkedHashSet<>();
    private final Set<String> locks = new HashSet<>();
    private boolean open;

    /** Returns whether BEGIN was the last of BEGIN, COMMIT and ROLLBACK. */
    boolean open() {
        return open;
    }

    /** Returns whether this statement would commit a transaction that BEGIN began. */
    boolean commits(StatementKind kind) {
        return open && kind == StatementKind.COMMIT;
    }

    void executed(String text, StatementKind kind) {
        switch (kind) {
            case BEGIN -> open = true;
            case COMMIT, ROLLBACK, TRUNCATE -> end();
            default -> statements.add(text.length() > KEPT ? text.substring(0, KEPT) : text);
        }
    }

    /** Outside of BEGIN and COMMIT a Sync ends the transaction. */
    void synced() {
        if (!open) {
            end();
        }
    }

    /** Notes the lock; returns whether it is new to the transaction. Who has a table alone need not share it. */
    boolean locks(String table, boolean shared) {
        return !locks.contains(table) && locks.add(shared ? "shared " + table : table);
    }

    boolean has(Fault fault) {
        return fault.matching().isEmpty() || statements.stream().anyMatch(fault::matches);
    }

    private void end() {
        open = false;
        statements.clear();
        locks.clear();
    }
}
