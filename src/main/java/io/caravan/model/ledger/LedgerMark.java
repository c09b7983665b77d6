package io.caravan.model.ledger;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * As much of a ledger entry as tells whether an object is new.
 *
 * @param position the entry's place in the ledger of its target, counted from 1 and growing with each commit
 * @param feed name of the feed that says so
 * @param bucket bucket name
 * @param key object key
 * @param etag ETag of the version, without quotes
 * @param sizeBytes size of that version
 * @param lastModified when S3 stored that version
 * @param outcome what became of that version
 * @param contentStart the first {@value #CONTENT_DIGITS} digits of the hash of its bytes; null if it is not known or not asked for
 */
public record LedgerMark(
        long position,
        String feed,
        String bucket,
        String key,
        String etag,
        long sizeBytes,
        Instant lastModified,
        Outcome outcome,
        @Nullable String contentStart) {

    /** Enough to tell most contents of one size apart. */
    public static final int CONTENT_DIGITS = 4;

    /** Says nothing of the bytes. */
    public LedgerMark(
            long position,
            String feed,
            String bucket,
            String key,
            String etag,
            long sizeBytes,
            Instant lastModified,
            Outcome outcome) {
        this(position, feed, bucket, key, etag, sizeBytes, lastModified, outcome, null);
    }

    /** Returns as much of a hash as an entry of the ledger has here. */
    public static String contentStart(String sha256) {
        return sha256.substring(0, Math.min(CONTENT_DIGITS, sha256.length()));
    }
}
