package io.caravan.load.feed;

import io.caravan.load.tally.LoadResult;
import io.caravan.model.ObjectVersion;
import io.caravan.model.status.IncompleteFolder;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Where a feed's objects come from, and the way that they go. */
public interface ObjectSource {

    /**
     * Looks for objects that the ledger does not have.
     *
     * @throws io.caravan.base.CaravanException if they cannot be listed
     */
    Found findNew(Scope scope);

    /**
     * Looks whether what the feed names is there and fits, so that a feed that cannot load is known before it has an object.
     *
     * @throws io.caravan.base.CaravanException if it does not
     */
    default void verify() {
        // The first load says it.
    }

    /**
     * Lists them by what is known of the ledger, without asking the warehouse; after {@link #findNew} has.
     *
     * @throws io.caravan.base.CaravanException if they cannot be listed
     */
    List<ObjectVersion> findKnownNew();

    /** Returns when the store got the newest object of all that were listed, new or not; null if there was none. For any thread. */
    @Nullable
    Instant newestListed();

    /** Returns the folders whose objects are left out of all that, as their marker is not there. For any thread. */
    default List<IncompleteFolder> incomplete() {
        return List.of();
    }

    /** Cuts objects into groups, each of which is to be one load; keeps the order. */
    List<List<ObjectVersion>> cut(List<ObjectVersion> objects);

    /** Loads objects together, in one try; throws nothing. */
    LoadResult load(List<ObjectVersion> objects);
}
