package io.caravan.load.verify;

import io.caravan.model.ObjectVersion;
import io.caravan.model.ledger.LoadCounts;
import io.caravan.model.ledger.Outcome;
import io.caravan.model.verify.LedgerLoad;
import io.caravan.model.verify.LedgerObject;
import java.time.Instant;
import java.util.List;

/** Loads of a ledger for tests: each has one object of bucket {@code b}, and begins as many seconds after 1970 as its position. */
final class PastLoads {

    private PastLoads() {}

    static LedgerLoad of(long position, String key, Outcome outcome, LoadCounts counts) {
        return of(position, "f", object(key, outcome, counts));
    }

    static LedgerLoad of(long position, String feed, LedgerObject object) {
        return new LedgerLoad("l" + position, feed, Instant.ofEpochSecond(position), position, List.of(object));
    }

    static LedgerObject object(String key, Outcome outcome, LoadCounts counts) {
        return new LedgerObject(new ObjectVersion("b", key, "e", 1, Instant.EPOCH), outcome, counts, "sha");
    }
}
