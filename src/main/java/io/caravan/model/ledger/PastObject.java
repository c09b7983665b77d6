package io.caravan.model.ledger;

import static java.util.Objects.requireNonNull;

import io.caravan.model.ObjectVersion;
import org.jspecify.annotations.Nullable;

/**
 * What a load that is over has said of an object version.
 *
 * @param object the version
 * @param outcome what became of it
 * @param counts what became of its records
 * @param errorCode name of an {@link io.caravan.base.ErrorCode}: why it did not load; null if it did
 * @param error the same for people; null too
 * @param sameAs another key of the target with the same bytes; null if none is known
 */
public record PastObject(
        ObjectVersion object,
        Outcome outcome,
        LoadCounts counts,
        @Nullable String errorCode,
        @Nullable String error,
        @Nullable String sameAs) {

    public PastObject {
        requireNonNull(object, "object");
        requireNonNull(outcome, "outcome");
        requireNonNull(counts, "counts");
    }

    /** Returns what an entry of the ledger says, without the object's header. */
    public static PastObject of(LedgerEntry entry) {
        return new PastObject(
                entry.object(),
                entry.outcome(),
                entry.counts(),
                entry.errorCode() == null ? null : entry.errorCode().name(),
                entry.error(),
                entry.sameAs());
    }
}
