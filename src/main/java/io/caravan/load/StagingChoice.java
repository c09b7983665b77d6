package io.caravan.load;

import io.caravan.load.remember.RowMemory;
import io.caravan.load.staging.InsertStaging;
import io.caravan.load.staging.ObjectStaging;
import io.caravan.load.staging.StagingFactory;
import io.caravan.model.feed.Feed;
import io.caravan.spi.ObjectStore;

/** How loads bring rows into the staging tables. Safe for use by several threads. */
public interface StagingChoice {

    /** By INSERT; for no feed that {@link Feed#needsCopy}. */
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

    /** Returns how a load stages rows. */
    StagingFactory rows(String loadId, Feed feed);

    /** Returns how a load stages objects without reading them here. */
    ObjectStaging objects(Feed feed, ObjectStore store);

    /** Returns what a load knows of the rows of its target. */
    RowMemory memory(String loadId, Feed feed);
}
