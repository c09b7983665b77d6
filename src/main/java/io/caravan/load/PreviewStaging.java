package io.caravan.load;

import io.caravan.load.preview.KeptRows;
import io.caravan.load.remember.RowMemory;
import io.caravan.load.staging.ObjectStaging;
import io.caravan.load.staging.Staging;
import io.caravan.load.staging.StagingFactory;
import io.caravan.load.verify.MovedObjects;
import io.caravan.model.feed.Feed;
import io.caravan.model.feed.MergePlan;
import io.caravan.spi.ObjectStore;
import io.caravan.spi.StagingSession;
import java.util.Optional;
import java.util.function.Supplier;

/** Stages rows as other loads do, but without remembered rows: the counts are the same without them. */
final class PreviewStaging implements StagingChoice {

    private final StagingChoice staging;
    private final boolean areInStore;

    /**
     * Stages rows as other loads do.
     *
     * @param areInStore whether the warehouse could read the objects by itself
     */
    PreviewStaging(StagingChoice staging, boolean areInStore) {
        this.staging = staging;
        this.areInStore = areInStore;
    }

    /** Returns a choice that keeps the first rows, and stages none. */
    static StagingChoice keeping(KeptRows kept) {
        StagingFactory factory = new StagingFactory() {
            @Override
            public Staging create(StagingSession session, MergePlan plan) {
                return kept.by(plan);
            }

            @Override
            public Optional<Staging> withoutSession(MergePlan plan) {
                return Optional.of(kept.by(plan));
            }
        };
        return new StagingChoice() {
            @Override
            public StagingFactory rows(String loadId, Feed feed) {
                return factory;
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
    }

    /** Returns a choice that names data files by ids of their own: those of a load that has ended may be deleted. */
    static StagingChoice under(StagingChoice staging, Supplier<String> ids) {
        PreviewStaging choice = new PreviewStaging(staging, true);
        return new StagingChoice() {
            @Override
            public StagingFactory rows(String loadId, Feed feed) {
                return choice.rows(ids.get(), feed);
            }

            @Override
            public ObjectStaging objects(Feed feed, ObjectStore store) {
                // The warehouse would not find an object that has been moved.
                return MovedObjects.areOf(feed) ? ObjectStaging.NONE : choice.objects(feed, store);
            }

            @Override
            public RowMemory memory(String loadId, Feed feed) {
                return RowMemory.NONE;
            }
        };
    }

    @Override
    public StagingFactory rows(String loadId, Feed feed) {
        return staging.rows(loadId, feed);
    }

    @Override
    public ObjectStaging objects(Feed feed, ObjectStore store) {
        return areInStore ? staging.objects(feed, store) : ObjectStaging.NONE;
    }

    @Override
    public RowMemory memory(String loadId, Feed feed) {
        return RowMemory.NONE;
    }
}
