package io.caravan.model.key;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

/**
 * A value that a key holds.
 *
 * @param name what the feed calls it
 * @param value the value as it is meant, without escapes; null for NULL
 */
public record KeyValue(String name, @Nullable String value) {

    public KeyValue {
        requireNonNull(name, "name");
    }
}
