package io.caravan.load.feed;

import io.caravan.load.tally.LoadResult;
import io.caravan.model.ObjectVersion;
import io.caravan.model.status.IncompleteFolder;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds a feed's objects, and loads them. */
public interface ObjectSource {

    /**
     * Looks for objects that the ledger does not have.
     *
     * @throws io.caravan.base.CaravanException if they cannot be listed
     */
    Found findNew(Scope scope);

    /**
     * Checks that the resources that the feed names exist and fit, so that a feed that cannot load is known before it has an
     * object.
     *
     * @throws io.caravan.base.CaravanException if it does not
     */
    default void verify() {
        // The first load says it.
    }

    /**
     * Lists the new objects from the known part of the ledger, without a query of the warehouse; call it after
     * {@link #findNew}.
     *
     * @throws io.caravan.base.CaravanException if they cannot be listed
     */
    List<ObjectVersion> findKnownNew();

    /**
     * Returns the time at which the store got the newest listed object, new or not; null if there was none. For any thread.
     */
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
