package io.caravan.model.verify;

import static java.util.Objects.requireNonNull;

import io.caravan.model.ObjectVersion;
import io.caravan.model.ledger.LoadCounts;
import io.caravan.model.ledger.Outcome;
import org.jspecify.annotations.Nullable;

/**
 * An entry of the ledger as a repetition of its load needs it.
 *
 * @param object the version
 * @param outcome what became of it
 * @param counts what became of its records
 * @param sha256 what its bytes came to, in hexadecimal; null if nobody has computed that
 */
public record LedgerObject(ObjectVersion object, Outcome outcome, LoadCounts counts, @Nullable String sha256) {

    public LedgerObject {
        requireNonNull(object, "object");
        requireNonNull(outcome, "outcome");
        requireNonNull(counts, "counts");
    }
}
