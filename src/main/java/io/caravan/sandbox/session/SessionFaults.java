package io.caravan.sandbox.session;

import io.caravan.sandbox.fault.Fault;
import io.caravan.sandbox.fault.Faults;
import io.caravan.sandbox.grammar.StatementKind;
import io.caravan.sandbox.grammar.Verdict;
import java.util.Optional;

/** The faults of a session's database, and which statement each of them strikes. */
final class SessionFaults {

    private final Faults faults;
    private final String database;

    SessionFaults(Faults faults, String database) {
        this.faults = faults;
        this.database = database;
    }

    void add(Fault fault) {
        faults.add(database, fault);
    }

    /** Takes the fault that strikes this statement of this transaction, if one waits. */
    Optional<Fault> strike(Asked asked, Transaction transaction) {
        if (asked.verdict() instanceof Verdict.Arm || asked.verdict() instanceof Verdict.Refuse) {
            return Optional.empty();
        }
        StatementKind kind = asked.kind();
        return faults.strike(database, fault -> switch (fault.kind()) {
            case DROP_BEFORE_COMMIT, DROP_AFTER_COMMIT -> transaction.commits(kind) && transaction.has(fault);
            case RESIZE -> writes(kind) && fault.matches(asked.text());
            case COPY_DENIED ->
                asked.text().strip().regionMatches(true, 0, "COPY", 0, 4) && fault.matches(asked.text());
            case DROP_IN_COPY, COPY_ERROR, COPY_REFUSAL -> false;
            default -> fault.matches(asked.text());
        });
    }

    private static boolean writes(StatementKind kind) {
        return kind == StatementKind.WRITE || kind == StatementKind.TRUNCATE;
    }
}
