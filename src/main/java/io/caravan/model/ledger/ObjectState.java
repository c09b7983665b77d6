package io.caravan.model.ledger;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An entry of the ledger, for people.
 *
 * @param feed name of the feed
 * @param bucket bucket name
 * @param key object key
 * @param etag ETag without quotes
 * @param outcome what became of the object version
 * @param read records read
 * @param rejected records rejected
 * @param load id of the load that says so
 * @param at when it said so
 * @param errorCode why it did not load; null if it did
 * @param error the same for people
 * @param sameAs another key of the target with the same bytes; null if none is known
 */
public record ObjectState(
        String feed,
        String bucket,
        String key,
        String etag,
        Outcome outcome,
        long read,
        long rejected,
        String load,
        Instant at,
        @Nullable String errorCode,
        @Nullable String error,
        @Nullable String sameAs) {}
