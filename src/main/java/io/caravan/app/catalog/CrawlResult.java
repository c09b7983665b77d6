package io.caravan.app.catalog;

import static java.util.Objects.requireNonNull;

import io.caravan.app.report.ExitCode;
import io.caravan.base.CaravanException;
import io.caravan.load.publish.PublishReport;
import org.jspecify.annotations.Nullable;

/**
 * What became of a feed's table of the Data Catalog.
 *
 * @param table its name, for people
 * @param report null if nothing was written
 * @param failure why not; null if the feed has loaded nothing
 */
public record CrawlResult(
        String feed, String table, @Nullable PublishReport report, @Nullable CaravanException failure) {

    public CrawlResult {
        requireNonNull(feed, "feed");
        requireNonNull(table, "table");
    }

    /** Returns in one word what happened, if nothing was written. */
    public String verdict() {
        return failure == null ? "nothing" : "failed";
    }

    /** Returns why nothing was written. */
    public String detail() {
        return failure == null
                ? "nothing that is loaded is under the feed's prefix"
                : failure.code() + ": " + failure.getMessage();
    }

    public int exitCode() {
        if (failure == null) {
            return ExitCode.DONE;
        }
        return failure.code().reaction().isRetryable() ? ExitCode.FAILED : ExitCode.INVALID;
    }
}
