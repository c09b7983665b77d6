package io.caravan.load;

import io.caravan.model.ObjectVersion;
import java.util.List;

/** Where a feed's objects come from, and the way that they go. */
public interface ObjectSource {

    /**
     * Lists the objects that the ledger does not have, oldest first.
     *
     * @throws io.caravan.base.CaravanException if they cannot be listed
     */
    List<ObjectVersion> findNew();

    /** Cuts objects into groups, each of which is to be one load; keeps the order. */
    List<List<ObjectVersion>> cut(List<ObjectVersion> objects);

    /** Loads objects together, in one try; throws nothing. */
    LoadResult load(List<ObjectVersion> objects);
}
