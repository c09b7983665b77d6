package io.caravan.load.feed;

import io.caravan.model.ObjectVersion;
import java.util.List;

/**
 * The result of a listing of the object store.
 *
 * @param fresh the objects that the ledger does not have, oldest first
 * @param listed how many objects were listed
 * @param unwanted how many of them the feed does not take
 */
public record Found(List<ObjectVersion> fresh, long listed, long unwanted) {

    public Found {
        fresh = List.copyOf(fresh);
    }

    /** The result of a listing of objects that the feed takes. */
    public Found(List<ObjectVersion> fresh, long listed) {
        this(fresh, listed, 0);
    }
}
