package io.caravan.app.draft;

import static java.util.Objects.requireNonNull;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a feed is wanted for.
 *
 * @param source {@code s3://bucket/prefix}, or the path of a file
 * @param table null for one that the source names
 * @param keys columns with commas between; null for those that are found
 * @param isText whether all columns of a new table are text
 * @param parameters that are to be as given, whatever is found; by name
 */
public record DraftRequest(
        String source, @Nullable String table, @Nullable String keys, boolean isText, Map<String, String> parameters) {

    public DraftRequest {
        requireNonNull(source, "source");
        parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
    }

    /** Returns the same with another parameter given. */
    public DraftRequest with(String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(parameters);
        more.put(name, value);
        return new DraftRequest(source, table, keys, isText, more);
    }
}
