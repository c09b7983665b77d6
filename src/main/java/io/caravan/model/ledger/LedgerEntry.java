package io.caravan.model.ledger;

import static java.util.Objects.requireNonNull;

import io.caravan.base.ErrorCode;
import io.caravan.model.ContentHash;
import io.caravan.model.ObjectVersion;
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
 * @param header the record that names the object's columns, as it stands in the object; empty if the feed's objects have
 *     none; null if it is not known, or too long to keep
 * @param sha256 what its bytes come to, as {@link ContentHash} has it; null if it was not read here to its end
 * @param sameAs another key of the target with the same bytes; null if none is known
 * @param repaired how many values of its rows are not those of the object, as the feed has them repaired
 */
public record LedgerEntry(
        ObjectVersion object,
        @Nullable String versionId,
        Outcome outcome,
        LoadCounts counts,
        @Nullable ErrorCode errorCode,
        @Nullable String error,
        @Nullable String header,
        @Nullable String sha256,
        @Nullable String sameAs,
        long repaired) {

    public LedgerEntry {
        requireNonNull(object, "object");
        requireNonNull(outcome, "outcome");
        requireNonNull(counts, "counts");
    }

    /** Says what became of an object that loads no repaired value. */
    public LedgerEntry(
            ObjectVersion object,
            @Nullable String versionId,
            Outcome outcome,
            LoadCounts counts,
            @Nullable ErrorCode errorCode,
            @Nullable String error,
            @Nullable String header,
            @Nullable String sha256,
            @Nullable String sameAs) {
        this(object, versionId, outcome, counts, errorCode, error, header, sha256, sameAs, 0);
    }

    /** Says what became of an object of whose bytes nothing is known. */
    public LedgerEntry(
            ObjectVersion object,
            @Nullable String versionId,
            Outcome outcome,
            LoadCounts counts,
            @Nullable ErrorCode errorCode,
            @Nullable String error,
            @Nullable String header) {
        this(object, versionId, outcome, counts, errorCode, error, header, null, null);
    }

    /** Says what became of an object whose header nobody has read. */
    public LedgerEntry(
            ObjectVersion object,
            @Nullable String versionId,
            Outcome outcome,
            LoadCounts counts,
            @Nullable ErrorCode errorCode,
            @Nullable String error) {
        this(object, versionId, outcome, counts, errorCode, error, null);
    }
}
