package io.caravan.load.feed;

import io.caravan.base.CaravanException;
import io.caravan.load.tally.FailedObject;
import io.caravan.model.ObjectVersion;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Objects that failed alone, while it is unknown whether others would fail too: if others do, the fault is not in these
 * objects. Used by one thread.
 */
final class Suspects {

    /** If more objects than this fail alone, one after another, it is not them. */
    private static final int MOST = 10;

    /** Those of this pass. */
    private final Map<ObjectVersion, FailedObject> failed = new LinkedHashMap<>();

    /** Those of earlier passes too, so that each pass gets further. */
    private final Set<ObjectVersion> known = new HashSet<>();

    private int added;

    void beginPass() {
        failed.clear();
        added = 0;
    }

    boolean contains(ObjectVersion object) {
        return failed.containsKey(object);
    }

    /**
     * Adds an object.
     *
     * @throws CaravanException the object's reason, if too many objects have failed alone
     */
    void add(FailedObject object) {
        if (known.add(object.object()) && ++added > MOST) {
            throw object.reason();
        }
        failed.put(object.object(), object);
    }

    /**
     * Returns the objects of this pass, and forgets all: another object has loaded, or there is none, so the fault is in
     * these.
     */
    List<FailedObject> takeAll() {
        List<FailedObject> all = List.copyOf(failed.values());
        beginPass();
        known.clear();
        return all;
    }
}
