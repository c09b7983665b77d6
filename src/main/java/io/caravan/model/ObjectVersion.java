package io.caravan.model;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Comparator;

/**
 * One immutable state of one S3 object; the unit that is loaded, recorded in the ledger and retried.
 *
 * @param bucket bucket name, without {@code s3://}
 * @param key full object key, not URL-encoded
 * @param etag ETag without the surrounding quotes; an opaque token, not an MD5 sum
 * @param sizeBytes size as stored, before decompression; not negative
 * @param lastModified when S3 stored this version, to the second, by S3's clock
 */
public record ObjectVersion(String bucket, String key, String etag, long sizeBytes, Instant lastModified) {

    /** The order in which versions are loaded: by the time S3 stored them, then by key, so that it never depends on a listing. */
    public static final Comparator<ObjectVersion> OLDEST_FIRST =
            Comparator.comparing(ObjectVersion::lastModified).thenComparing(ObjectVersion::key);

    public ObjectVersion {
        requireNonNull(bucket, "bucket");
        requireNonNull(key, "key");
        requireNonNull(etag, "etag");
        requireNonNull(lastModified, "lastModified");
        if (sizeBytes < 0) {
            throw new IllegalArgumentException("sizeBytes is negative: " + sizeBytes);
        }
    }

    /** Returns whether it is the same version of the same object. */
    public boolean isSameAs(ObjectVersion other) {
        return bucket.equals(other.bucket) && key.equals(other.key) && etag.equals(other.etag);
    }

    /** Returns the object's address for people, {@code s3://bucket/key}. */
    public String uri() {
        return "s3://" + bucket + "/" + key;
    }
}
