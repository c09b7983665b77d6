package io.caravan.sandbox.copy;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.caravan.sandbox.fault.Fault;
import io.caravan.sandbox.fault.FaultException;
import io.caravan.sandbox.fault.Faults;
import io.caravan.sandbox.value.FieldException;
import io.caravan.sandbox.value.RecordReader;
import java.util.List;

/** The faults that strike inside of one COPY. */
final class CopyFaults {

    private final Faults faults;
    private final String database;

    CopyFaults(Faults faults, String database) {
        this.faults = faults;
        this.database = database;
    }

    /** Returns the faults that wait for records of this file. */
    List<Fault> waitingFor(String url) {
        return faults.find(
                database,
                f -> f.kind() == Fault.Kind.COPY_REFUSAL || (f.kind() == Fault.Kind.COPY_ERROR && f.matches(url)));
    }

    /** Fails if the fault waits for this record, whose number is counted from 1 without the header. */
    void check(Fault waiting, RecordReader record, long number) throws FieldException {
        if (waiting.kind() == Fault.Kind.COPY_REFUSAL) {
            checkFields(waiting, record);
        } else if (waiting.record() == number
                && faults.strike(database, f -> f.equals(waiting)).isPresent()) {
            throw new FieldException(waiting.code(), "Fault of the sandbox");
        }
    }

    /** Says the value, as Redshift does. */
    private static void checkFields(Fault waiting, RecordReader record) throws FieldException {
        for (int i = 0; i < record.fields(); i++) {
            String value = new String(record.bytes(), record.start(i), record.end(i) - record.start(i), UTF_8);
            if (waiting.matches(value)) {
                throw new FieldException(waiting.code(), "Fault of the sandbox, Value '" + value + "'", i);
            }
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
