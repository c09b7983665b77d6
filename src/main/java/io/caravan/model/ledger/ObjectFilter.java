package io.caravan.model.ledger;

import io.caravan.model.feed.FeedEntries;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Says which objects of the ledger are meant; what is null excludes none.
 *
 * @param feed whose they are
 * @param outcome what became of them
 * @param key object key
 * @param prefix what their keys begin with
 * @param since those dealt with at this time or later
 * @param until those dealt with before this time
 */
public record ObjectFilter(
        @Nullable FeedEntries feed,
        @Nullable Outcome outcome,
        @Nullable String key,
        @Nullable String prefix,
        @Nullable Instant since,
        @Nullable Instant until) {

    /** Returns for people what is chosen besides the feed; empty if nothing is. */
    public String text() {
        return new ChosenText()
                .and("of object ", key)
                .and("whose keys begin with ", prefix)
                .and("with outcome ", outcome == null ? null : outcome.text())
                .and("since ", since)
                .and("until ", until)
                .toString();
    }

    /** Means those of these that belong to a feed. */
    public ObjectFilter of(FeedEntries entries) {
        return new ObjectFilter(entries, outcome, key, prefix, since, until);
    }
}
