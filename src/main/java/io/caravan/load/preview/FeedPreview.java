package io.caravan.load.preview;

import static java.util.Objects.requireNonNull;

import io.caravan.base.CaravanException;
import io.caravan.model.ledger.LoadRecord;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The effects that the next loads of a feed would have.
 *
 * @param feed name of the feed
 * @param loads the loads, in their order; empty if there is nothing to load
 * @param notes other remarks for people
 * @param failure the failure that prevented the preview of the rest; null if there was none
 */
public record FeedPreview(
        String feed, List<LoadPreview> loads, List<String> notes, @Nullable CaravanException failure) {

    public FeedPreview {
        requireNonNull(feed, "feed");
        loads = List.copyOf(loads);
        notes = List.copyOf(notes);
    }

    /** Returns whether a row or an object would be rejected, as far as is known. */
    public boolean hasRejected() {
        return loads.stream().map(LoadPreview::load).anyMatch(LoadRecord::hasRejected);
    }
}
