package io.caravan.model.verify;

import static java.util.Objects.requireNonNull;

import io.caravan.model.ledger.Outcome;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A committed load, or what people have said of objects, as the ledger of a target has it.
 *
 * @param id id of the load
 * @param feed the feed's name at that time
 * @param started when it began; null if the run history has lost it
 * @param first place of its first entry in the ledger, from 1
 * @param objects its entries, in their order; at least one
 */
public record LedgerLoad(String id, String feed, @Nullable Instant started, long first, List<LedgerObject> objects) {

    public LedgerLoad {
        requireNonNull(id, "id");
        requireNonNull(feed, "feed");
        objects = List.copyOf(objects);
        if (objects.isEmpty()) {
            throw new IllegalArgumentException("load " + id + " has no objects");
        }
    }

    /** Returns the place of its last entry. */
    public long last() {
        return first + objects.size() - 1;
    }

    /** Returns whether any of its entries has this outcome. */
    public boolean has(Outcome outcome) {
        return objects.stream().anyMatch(entry -> entry.outcome() == outcome);
    }
}
