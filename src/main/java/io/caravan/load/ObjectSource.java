package io.caravan.load;

import io.caravan.model.ObjectVersion;
import java.util.List;

/** Where a feed's objects come from, and the way that they go. */
public interface ObjectSource {

    /**
     * Looks for objects that the ledger does not have.
     *
     * @throws io.caravan.base.CaravanException if they cannot be listed
     */
    Found findNew(Scope scope);

    /** Cuts objects into groups, each of which is to be one load; keeps the order. */
    List<List<ObjectVersion>> cut(List<ObjectVersion> objects);

    /** Loads objects together, in one try; throws nothing. */
    LoadResult load(List<ObjectVersion> objects);
}
