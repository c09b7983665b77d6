package io.caravan.load.feed;

import io.caravan.model.ObjectVersion;
import java.util.List;

/**
 * What a look at the object store came to.
 *
 * @param fresh the objects that the ledger does not have, oldest first
 * @param listed how many objects were listed
 */
public record Found(List<ObjectVersion> fresh, long listed) {

    public Found {
        fresh = List.copyOf(fresh);
    }
}
