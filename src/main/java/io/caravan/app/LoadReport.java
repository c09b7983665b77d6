package io.caravan.app;

import static java.util.Objects.requireNonNull;

import io.caravan.base.CaravanException;
import io.caravan.base.InvalidConfigurationException;
import io.caravan.model.LoadRecord;
import java.util.List;

/**
 * What one pass did.
 *
 * @param loads the loads that committed, in their order
 * @param failures the feeds whose pass failed
 */
record LoadReport(List<LoadRecord> loads, List<Failure> failures) {

    /**
     * A feed whose pass failed; its objects are as new as before.
     *
     * @param feed name of the feed
     * @param reason why
     */
    record Failure(String feed, CaravanException reason) {

        Failure {
            requireNonNull(feed, "feed");
            requireNonNull(reason, "reason");
        }

        String message() {
            return "feed " + feed + ": " + reason.code() + ": " + reason.getMessage();
        }
    }

    LoadReport {
        loads = List.copyOf(loads);
        failures = List.copyOf(failures);
    }

    /** Returns a line for each object that was dealt with. */
    List<LoadTable.Line> lines() {
        return loads.stream()
                .flatMap(load -> load.objects().stream()
                        .map(entry -> new LoadTable.Line(
                                load.feed(),
                                entry.object().uri(),
                                entry.outcome().text(),
                                entry.counts())))
                .toList();
    }

    int exitCode() {
        if (failures.stream().anyMatch(failure -> failure.reason() instanceof InvalidConfigurationException)) {
            return ExitCode.INVALID;
        }
        if (!failures.isEmpty()) {
            return ExitCode.FAILED;
        }
        return loads.stream().anyMatch(LoadRecord::hasRejected) ? ExitCode.REJECTED : ExitCode.DONE;
    }
}
