package io.caravan.metrics;

import io.caravan.model.status.FeedStatus;
import io.caravan.model.status.PoolStatus;
import io.caravan.model.status.ReloadStatus;
import java.util.List;
import java.util.Map;

/**
 * What gauges show, looked at when Prometheus asks. Nobody outside is asked for it.
 */
public interface Observed {

    /** Returns how each feed gets on, those of other replicas too. */
    List<FeedStatus> feeds();

    /** Returns how the changes of route files got on. */
    ReloadStatus reload();

    /** Returns the connections to the warehouse. */
    PoolStatus pool();

    /** Returns whether each system that Caravan needs was reached when it was last asked. */
    Map<String, Boolean> reachable();

    /** Returns whether the service is ready. */
    boolean isReady();
}
