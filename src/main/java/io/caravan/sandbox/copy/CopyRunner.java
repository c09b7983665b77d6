package io.caravan.sandbox.copy;

import io.caravan.sandbox.fault.Faults;
import io.caravan.sandbox.fault.Flavour;
import io.caravan.sandbox.fault.SqlError;
import io.caravan.sandbox.server.SourceObjects;
import io.caravan.sandbox.wire.WireBody;
import io.caravan.sandbox.wire.WireReader;
import io.caravan.sandbox.wire.WireWriter;
import java.io.IOException;

/** Feeds PostgreSQL the objects of a COPY, and keeps the books of it. */
public final class CopyRunner {

    private final SourceObjects objects;
    private final LoadLog log;
    private final Flavour flavour;
    private final Faults faults;

    public CopyRunner(SourceObjects objects, LoadLog log, Flavour flavour, Faults faults) {
        this.objects = objects;
        this.log = log;
        this.flavour = flavour;
        this.faults = faults;
    }

    /** Sends the data that PostgreSQL waits for, up to CopyDone or CopyFail. */
    public void run(CopyJob job, WireWriter to, WireReader backend) throws IOException {
        CopyResult result =
                new CopyRun(objects, job, to, backend, flavour, new CopyFaults(faults, job.database())).run();
        job.result(result);
        if (result.failed()) {
            to.message('f', WireBody.text("refused by the sandbox"));
        } else {
            to.message('c', new byte[0]);
        }
        to.flush();
    }

    /** Records a COPY that PostgreSQL has accepted; returns the text of the notice. */
    public String completed(CopyJob job) {
        CopyResult result = job.result();
        if (result == null) {
            return "";
        }
        log.record(job, result, true);
        return "Load into table '" + job.command().plainTable() + "' completed, " + result.rows()
                + " record(s) loaded successfully.";
    }

    /** Records a COPY that has failed; returns what the client is told in place of PostgreSQL's error. */
    public SqlError failed(CopyJob job, SqlError error) {
        CopyResult result = job.result();
        if (result == null || (!result.failed() && error.sqlState().equals("57014"))) {
            return error;
        }
        log.record(job, result.failed() ? result : result.because(error), false);
        if (!result.message().isEmpty()) {
            return new SqlError("XX000", result.message());
        }
        return new SqlError(
                "XX000",
                "Load into table '" + job.command().plainTable() + "' failed.  Check '" + flavour.errorView()
                        + "' system table for details.");
    }
}
