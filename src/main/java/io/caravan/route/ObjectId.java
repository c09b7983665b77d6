package io.caravan.route;

import io.caravan.model.ObjectVersion;

/**
 * An object version as an idempotent repository's message id: scope, bucket, key and ETag, with line feeds between. Of the
 * four only a key can hold a line feed itself.
 *
 * @param scope whose memory is asked; for the ledger, the target table
 */
record ObjectId(String scope, String bucket, String key, String etag) {

    private static final char SEPARATOR = '\n';

    static ObjectId of(String scope, ObjectVersion object) {
        return new ObjectId(scope, object.bucket(), object.key(), object.etag());
    }

    /**
     * Reads {@link #text()}.
     *
     * @throws IllegalArgumentException if it is no such text
     */
    static ObjectId parse(String text) {
        int bucket = text.indexOf(SEPARATOR) + 1;
        int key = text.indexOf(SEPARATOR, bucket) + 1;
        int etag = text.lastIndexOf(SEPARATOR) + 1;
        if (bucket == 0 || key == 0 || etag <= key) {
            throw new IllegalArgumentException("not the id of an object version");
        }
        return new ObjectId(
                text.substring(0, bucket - 1),
                text.substring(bucket, key - 1),
                text.substring(key, etag - 1),
                text.substring(etag));
    }

    String text() {
        return scope + SEPARATOR + bucket + SEPARATOR + key + SEPARATOR + etag;
    }
}
