package io.caravan.sandbox;

import java.util.Optional;

/** The faults that strike inside of one COPY. */
final class CopyFaults {

    private final Faults faults;
    private final String database;

    CopyFaults(Faults faults, String database) {
        this.faults = faults;
        this.database = database;
    }

    /** Returns the fault that waits for a record of this file. */
    Optional<Fault> waitingFor(String url) {
        return faults.find(database, f -> f.kind() == Fault.Kind.COPY_ERROR && f.matches(url));
    }

    /** Fails if it is this record, counted from 1 without the header, that the fault waits for. */
    void check(Fault waiting, long record) throws FieldException {
        if (waiting.record() == record
                && faults.strike(database, f -> f.equals(waiting)).isPresent()) {
            throw new FieldException(waiting.code(), "Fault of the sandbox");
        }
    }

    /** Cuts the connection if a fault waits for that. */
    void cut(String url) throws FaultException {
        if (faults.strike(database, f -> f.kind() == Fault.Kind.DROP_IN_COPY && f.matches(url))
                .isPresent()) {
            throw new FaultException(Fault.Kind.DROP_IN_COPY);
        }
    }
}
