package io.caravan.load.feed;

import io.caravan.base.ErrorCode;
import io.caravan.base.RetryableException;
import io.caravan.load.tally.LoadResult;
import io.caravan.model.ObjectVersion;
import java.util.List;

/** Loads objects of a feed in their turn among the loads of all feeds. */
final class LoadTurn {

    private final ObjectSource source;
    private final LoadSlots slots;
    private final FeedHealth health;
    private final Patience patience;

    LoadTurn(ObjectSource source, LoadSlots slots, FeedHealth health, Patience patience) {
        this.source = source;
        this.slots = slots;
        this.health = health;
        this.patience = patience;
    }

    /** Loads objects in one try; throws nothing. */
    LoadResult load(List<ObjectVersion> objects) {
        if (!slots.takeAtOnce()) {
            health.waits(true);
            boolean hasSlot = slots.take();
            health.waits(false);
            if (!hasSlot) {
                return stopped();
            }
        }
        try {
            return patience.isOver() ? stopped() : source.load(objects);
        } finally {
            slots.giveBack();
        }
    }

    private static LoadResult stopped() {
        return LoadResult.failed(
                new RetryableException(ErrorCode.WAREHOUSE_POOL_EXHAUSTED, "told to stop before the load's turn came"));
    }
}
