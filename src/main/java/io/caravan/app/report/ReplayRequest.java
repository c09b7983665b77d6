package io.caravan.app.report;

import static java.util.Objects.requireNonNull;

import io.caravan.load.replay.Correction;
import io.caravan.model.ledger.DeadLetterFilter;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What to replay, and how.
 *
 * @param feed name of the feed
 * @param filter which of its dead letters
 * @param corrections the dead letters that are meant, as they are corrected, in place of the filter; null to replay what
 *     the filter means as it is kept
 * @param overwrites whether rows go into the target even where what they change was loaded later than their object
 * @param dryRun whether to do nothing and say what would be done
 */
public record ReplayRequest(
        String feed,
        DeadLetterFilter filter,
        @Nullable List<Correction> corrections,
        boolean overwrites,
        boolean dryRun) {

    public ReplayRequest {
        requireNonNull(feed, "feed");
        requireNonNull(filter, "filter");
        corrections = corrections == null ? null : List.copyOf(corrections);
    }
}
