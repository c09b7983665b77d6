package io.caravan.app.report;

import static java.util.Objects.requireNonNull;

import io.caravan.base.CaravanException;
import io.caravan.base.InvalidConfigurationException;
import io.caravan.model.ObjectVersion;
import io.caravan.model.ledger.LoadRecord;
import io.caravan.model.status.IncompleteFolder;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one pass did.
 *
 * @param loads the loads that committed, in their order
 * @param failures what failed, in its order
 * @param incomplete what was left alone, as it waits for a marker
 */
public record LoadReport(List<LoadRecord> loads, List<Failure> failures, List<Incomplete> incomplete) {

    /**
     * A folder of which nothing was loaded.
     *
     * @param feed name of the feed
     */
    public record Incomplete(String feed, IncompleteFolder folder) {

        public String message() {
            return "feed " + feed + ": " + folder.text();
        }
    }

    /** A report of feeds whose objects all are complete. */
    public LoadReport(List<LoadRecord> loads, List<Failure> failures) {
        this(loads, failures, List.of());
    }

    /**
     * A feed whose pass failed, or one object that did; what failed is as new as before.
     *
     * @param feed name of the feed
     * @param object the object; null if it was the pass
     * @param reason why
     */
    public record Failure(String feed, @Nullable ObjectVersion object, CaravanException reason) {

        public Failure {
            requireNonNull(feed, "feed");
            requireNonNull(reason, "reason");
        }

        public String message() {
            return "feed " + feed + ": "
                    + (object == null ? "" : object.uri() + " is set aside, the others load without it: ")
                    + reason.code()
                    + ": " + reason.getMessage();
        }
    }

    public LoadReport {
        loads = List.copyOf(loads);
        failures = List.copyOf(failures);
        incomplete = List.copyOf(incomplete);
    }

    /** Returns a line for each object that was dealt with. */
    public List<LoadTable.Line> lines() {
        return loads.stream()
                .flatMap(load -> load.objects().stream().map(entry -> LoadTable.Line.of(load, entry)))
                .toList();
    }

    public int exitCode() {
        if (failures.stream().anyMatch(failure -> failure.reason() instanceof InvalidConfigurationException)) {
            return ExitCode.INVALID;
        }
        if (!failures.isEmpty()) {
            return ExitCode.FAILED;
        }
        return loads.stream().anyMatch(LoadRecord::hasRejected) ? ExitCode.REJECTED : ExitCode.DONE;
    }
}
