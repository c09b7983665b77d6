package io.caravan.model;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

/**
 * What the bytes of an object, as stored, come to.
 *
 * @param sha256 in lower-case hexadecimal
 * @param md5 likewise; null if nobody needs it
 */
public record ContentHash(String sha256, @Nullable String md5) {

    public ContentHash {
        requireNonNull(sha256, "sha256");
    }
}
