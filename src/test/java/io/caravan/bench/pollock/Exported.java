package io.caravan.bench.pollock;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A table as a file would have it.
 *
 * @param header the names as the object or the feed has them; null if there are none: names that were made up are not in the file
 * @param rows empty for NULL
 */
record Exported(@Nullable List<String> header, List<List<String>> rows) {

    /** Returns all lines of the file, the header first if there is one. */
    List<List<String>> lines() {
        List<List<String>> lines = new ArrayList<>();
        if (header != null) {
            lines.add(header);
        }
        lines.addAll(rows);
        return lines;
    }
}
