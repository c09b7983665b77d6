package io.caravan.model;

import static java.util.Objects.requireNonNull;

import io.caravan.base.ErrorCode;
import org.jspecify.annotations.Nullable;

/**
 * What the ledger says of one object version.
 *
 * @param object the version
 * @param versionId the store's version id; null if the bucket keeps no versions
 * @param outcome what became of it
 * @param counts what became of its records; of a rejected object all that were read are rejected
 * @param errorCode why it did not load; null if it did, or if somebody wanted it so
 * @param error the same for people; null too
 */
public record LedgerEntry(
        ObjectVersion object,
        @Nullable String versionId,
        Outcome outcome,
        LoadCounts counts,
        @Nullable ErrorCode errorCode,
        @Nullable String error) {

    public LedgerEntry {
        requireNonNull(object, "object");
        requireNonNull(outcome, "outcome");
        requireNonNull(counts, "counts");
    }
}
