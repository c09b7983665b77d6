package io.caravan.load;

import io.caravan.load.remember.RowMemory;
import io.caravan.load.staging.InsertStaging;
import io.caravan.load.staging.ObjectStaging;
import io.caravan.load.staging.StagingFactory;
import io.caravan.model.feed.Feed;
import io.caravan.spi.ObjectStore;

/** Chooses the way in which loads bring rows into the staging tables. Safe for use by several threads. */
public interface StagingChoice {

    /** Stages by INSERT; cannot serve feeds with {@link Feed#needsCopy}. */
    StagingChoice INSERT = new StagingChoice() {
        @Override
        public StagingFactory rows(String loadId, Feed feed) {
            return (session, plan) -> new InsertStaging(session);
        }

        @Override
        public ObjectStaging objects(Feed feed, ObjectStore store) {
            return ObjectStaging.NONE;
        }

        @Override
        public RowMemory memory(String loadId, Feed feed) {
            return RowMemory.NONE;
        }
    };

    /** Returns a load's way of staging rows. */
    StagingFactory rows(String loadId, Feed feed);

    /** Returns a load's way of staging objects without reading them here. */
    ObjectStaging objects(Feed feed, ObjectStore store);

    /** Returns a load's memory of the rows of its target. */
    RowMemory memory(String loadId, Feed feed);
}
