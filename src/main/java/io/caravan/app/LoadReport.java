package io.caravan.app;

import java.util.List;

/**
 * What one pass did.
 *
 * @param lines a line for each object that was dealt with
 * @param failures a message for each load that failed, the feed's name first
 * @param hasRejected whether any row or object was rejected
 */
record LoadReport(List<LoadTable.Line> lines, List<String> failures, boolean hasRejected) {

    LoadReport {
        lines = List.copyOf(lines);
        failures = List.copyOf(failures);
    }

    int exitCode() {
        if (!failures.isEmpty()) {
            return ExitCode.FAILED;
        }
        return hasRejected ? ExitCode.REJECTED : ExitCode.DONE;
    }
}
