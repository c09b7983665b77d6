package io.caravan.sandbox.copy;

import io.caravan.sandbox.fault.SqlError;
import io.caravan.sandbox.value.FieldException;
import java.time.Instant;
import java.util.List;

/**
 * How the reading of the objects ended.
 *
 * @param rows rows sent to PostgreSQL
 * @param failed whether the COPY must fail
 * @param message what the client is told of a failure
 */
public record CopyResult(
        Instant start, long rows, List<LoadedFile> files, List<LoadError> errors, boolean failed, String message) {

    long bytes() {
        return files.stream().mapToLong(LoadedFile::bytes).sum();
    }

    /** The same, but PostgreSQL refused a row for a reason that reading it did not find. */
    CopyResult because(SqlError error) {
        LoadError row = new LoadError("", -1, "", "", "0", 0, "", "", FieldException.NOT_LOADED, error.message());
        return new CopyResult(start, rows, files, List.of(row), true, "");
    }
}
