package io.caravan.load.preview;

import static java.util.Objects.requireNonNull;

import io.caravan.spi.LoadListener;
import org.jspecify.annotations.Nullable;

/**
 * The options of a preview of a feed.
 *
 * @param key the only object to preview; null for all new objects
 * @param file the content that replaces that object; null if the object is in the store
 * @param rows how many rows of each effect are shown at most; 0 for none
 * @param offline whether the warehouse is not asked, so that only what reading tells is known
 * @param listener is told how reading gets on
 */
public record PreviewWish(
        @Nullable String key, @Nullable PreviewedFile file, int rows, boolean offline, LoadListener listener) {

    public PreviewWish {
        requireNonNull(listener, "listener");
        if (rows < 0) {
            throw new IllegalArgumentException("rows is negative: " + rows);
        }
        if (file != null && key == null) {
            throw new IllegalArgumentException("a file needs a key");
        }
    }

    /** All that is new, with so many rows of each effect. */
    public static PreviewWish ofNew(int rows) {
        return new PreviewWish(null, null, rows, false, LoadListener.NONE);
    }
}
