package io.caravan.load;

import static java.util.Objects.requireNonNull;

import io.caravan.base.ErrorCode;
import io.caravan.base.RetryableException;
import io.caravan.load.remember.Remembering;
import io.caravan.load.remember.RowMemory;
import io.caravan.load.staging.CopyStaging;
import io.caravan.load.staging.DirectStaging;
import io.caravan.load.staging.ObjectStaging;
import io.caravan.load.staging.StagingFactory;
import io.caravan.load.tally.LoadIds;
import io.caravan.model.feed.Feed;
import io.caravan.spi.ObjectStore;
import io.caravan.spi.StagingArea;
import java.time.Clock;
import java.time.Duration;

/** Stages rows by COPY of data files, or of the objects themselves; can also remember loaded rows beside the data files. */
public final class StagingByCopy implements StagingChoice {

    private final StagingArea area;
    private final Remembering remembering;
    private final Clock clock;
    private final LoadIds ids;

    /**
     * Takes what all loads share.
     *
     * @param area the place where data files wait for COPY
     * @param remembering the rows that feeds remember
     * @param ids creates texts that no value equals
     */
    public StagingByCopy(StagingArea area, Remembering remembering, Clock clock, LoadIds ids) {
        this.area = requireNonNull(area, "area");
        this.remembering = requireNonNull(remembering, "remembering");
        this.clock = requireNonNull(clock, "clock");
        this.ids = requireNonNull(ids, "ids");
    }

    @Override
    public StagingFactory rows(String loadId, Feed feed) {
        return (session, plan) -> new CopyStaging(
                session,
                plan,
                area,
                loadId,
                nullMarker(),
                feed.limits().maxRejectedRows(),
                !feed.stagesDirectly(),
                clock,
                StagingByCopy::pause);
    }

    @Override
    public ObjectStaging objects(Feed feed, ObjectStore store) {
        return feed.stagesDirectly() ? new DirectStaging(feed, store, clock, nullMarker()) : ObjectStaging.NONE;
    }

    @Override
    public RowMemory memory(String loadId, Feed feed) {
        return feed.merge().remembersRows() ? remembering.rows(feed, loadId) : RowMemory.NONE;
    }

    private String nullMarker() {
        return "@" + ids.randomText() + "@";
    }

    private static void pause(Duration time) {
        try {
            Thread.sleep(time.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new RetryableException(
                    ErrorCode.WAREHOUSE_REFUSED_ROWS, "The load ends before the view of load errors shows all rows", e);
        }
    }
}
