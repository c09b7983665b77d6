package io.caravan.model;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

/**
 * An object that a manifest names.
 *
 * @param uri its address, {@code s3://bucket/key}
 * @param sizeBytes its size; null if the manifest does not say it
 */
public record NamedObject(String uri, @Nullable Long sizeBytes) {

    public NamedObject {
        requireNonNull(uri, "uri");
    }
}
