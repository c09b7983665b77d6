package io.caravan.model.ledger;

import java.time.Instant;

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
 */
public record LedgerMark(
        long position,
        String feed,
        String bucket,
        String key,
        String etag,
        long sizeBytes,
        Instant lastModified,
        Outcome outcome) {}
