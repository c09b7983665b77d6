package io.caravan.model;

import static java.util.Objects.requireNonNull;

import io.caravan.base.ErrorCode;
import org.jspecify.annotations.Nullable;

/**
 * What a load says of one object version in the ledger.
 *
 * @param object the version
 * @param versionId the store's version id; null if the bucket keeps no versions
 * @param outcome loaded or rejected
 * @param counts what became of its records; of a rejected object all that were read are rejected
 * @param errorCode why it was rejected; null if it was loaded
 * @param error the same for people; null if it was loaded
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
        requireNonNull(counts, "counts");
        if (outcome == Outcome.FAILED) {
            throw new IllegalArgumentException("a failed load says nothing of its objects");
        }
    }
}
