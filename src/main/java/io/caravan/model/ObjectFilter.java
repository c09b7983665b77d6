package io.caravan.model;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Says which objects of the ledger are meant; what is null excludes none.
 *
 * @param feed name of the feed that dealt with them last
 * @param outcome what became of them
 * @param key object key
 * @param prefix what their keys begin with
 * @param since those dealt with at this time or later
 * @param until those dealt with before this time
 */
public record ObjectFilter(
        @Nullable String feed,
        @Nullable Outcome outcome,
        @Nullable String key,
        @Nullable String prefix,
        @Nullable Instant since,
        @Nullable Instant until) {}
