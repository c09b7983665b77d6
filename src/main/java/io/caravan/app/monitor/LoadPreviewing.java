package io.caravan.app.monitor;

import io.caravan.load.preview.FeedPreview;
import org.jspecify.annotations.Nullable;

/** Says what the next loads of a feed would do, by doing it and rolling it back. */
public interface LoadPreviewing {

    /**
     * Previews; reads objects, and asks the warehouse.
     *
     * @param key only this object, as if it were next; null for all that is new
     * @param rows how many rows of each kind are shown
     */
    FeedPreview preview(String feed, @Nullable String key, int rows) throws Exception;
}
