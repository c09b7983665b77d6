package io.caravan.app.preview;

import java.nio.file.Path;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What to preview.
 *
 * @param feeds names of the feeds; empty for all
 * @param key the only object that is looked at, or the one that the file would be; null for all that are new
 * @param file a file of this machine in the place of an object; null for none
 * @param rows how many rows of each effect are shown
 * @param offline whether the warehouse is not asked
 */
public record PreviewRequest(Set<String> feeds, @Nullable String key, @Nullable Path file, int rows, boolean offline) {

    public PreviewRequest {
        feeds = Set.copyOf(feeds);
    }
}
