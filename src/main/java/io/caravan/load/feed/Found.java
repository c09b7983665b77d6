package io.caravan.load.feed;

import io.caravan.model.ObjectVersion;
import java.util.List;

/**
 * What a look at the object store came to.
 *
 * @param fresh the objects that the ledger does not have, oldest first
 * @param listed how many objects were listed
 * @param unwanted how many of them the feed does not take
 */
public record Found(List<ObjectVersion> fresh, long listed, long unwanted) {

    public Found {
        fresh = List.copyOf(fresh);
    }

    /** What a look came to at objects that the feed takes. */
    public Found(List<ObjectVersion> fresh, long listed) {
        this(fresh, listed, 0);
    }
}
