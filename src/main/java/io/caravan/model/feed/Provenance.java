package io.caravan.model.feed;

import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Columns of the target in which each row says where it came from. Null for a column that the target does not have.
 *
 * @param load name of the column for the load's id
 * @param objectKey name of the column for the object's key
 * @param line name of the column for the line at which the record starts, from 1
 * @param loadedAt name of the column for the time of the load, in UTC
 */
public record Provenance(
        @Nullable String load, @Nullable String objectKey, @Nullable String line, @Nullable String loadedAt) {

    public static final Provenance NONE = new Provenance(null, null, null, null);

    /** Returns the names of all these columns. */
    public Stream<String> columns() {
        return Stream.of(load, objectKey, line, loadedAt)
                .filter(Objects::nonNull)
                .map(Objects::requireNonNull);
    }
}
