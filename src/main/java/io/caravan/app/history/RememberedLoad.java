package io.caravan.app.history;

import static java.util.Objects.requireNonNull;

import io.caravan.model.ledger.PastLoad;
import io.caravan.model.ledger.PastObject;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A load that is over, and what is remembered of it.
 *
 * @param load the load
 * @param objects what it has said of its objects; null if that is not remembered, or not any more
 */
public record RememberedLoad(PastLoad load, @Nullable List<PastObject> objects) {

    public RememberedLoad {
        requireNonNull(load, "load");
        objects = objects == null ? null : List.copyOf(objects);
    }

    /** Returns the same load without its objects. */
    RememberedLoad withoutObjects() {
        return new RememberedLoad(load, null);
    }

    /** Returns how many objects are remembered. */
    int size() {
        return objects == null ? 0 : objects.size();
    }
}
