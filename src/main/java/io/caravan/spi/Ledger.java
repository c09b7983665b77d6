package io.caravan.spi;

import io.caravan.model.ObjectVersion;
import io.caravan.model.feed.Feed;
import io.caravan.model.ledger.LoadFilter;
import io.caravan.model.ledger.LoadRecord;
import io.caravan.model.ledger.ObjectFilter;
import io.caravan.model.ledger.ObjectState;
import io.caravan.model.ledger.PastAct;
import io.caravan.model.ledger.PastLoad;
import io.caravan.model.ledger.PastObject;
import io.caravan.model.table.TableName;
import java.util.Map;
import java.util.function.Consumer;

/**
 * The ledger, as people read it and correct it. Safe for use by several threads.
 *
 * <p>Every method throws {@link io.caravan.base.RetryableException} if the warehouse cannot be reached or fails, and
 * {@link io.caravan.base.InvalidConfigurationException} if it refuses.
 */
public interface Ledger {

    /** Whether to write, or only to report the changes. */
    enum Mode {
        WRITE,
        DRY_RUN
    }

    /**
     * Shows entries, the newest first; none if there is no ledger yet.
     *
     * @param history whether to show all entries of an object, and not only the last one
     * @param limit the greatest number of entries; {@link Long#MAX_VALUE} for all
     * @return how many were shown
     */
    long read(ObjectFilter filter, boolean history, long limit, Consumer<ObjectState> action);

    /**
     * Shows loads of the run history, the one that began last first; none if there is no ledger yet.
     *
     * @param limit how many at most
     * @return how many were shown
     */
    long readLoads(LoadFilter filter, long limit, Consumer<PastLoad> action);

    /**
     * Shows a load's entries for its objects, in the load's order; nothing if the load is not in the ledger.
     *
     * @param target the load's target
     * @param limit how many at most
     * @return how many were shown
     */
    long readObjects(TableName target, String loadId, long limit, Consumer<PastObject> action);

    /** Notes that somebody has done something. */
    void note(PastAct act);

    /** Shows what people have done, the last first, up to so many acts. */
    void readActs(int limit, Consumer<PastAct> action);

    /** Returns the loads of which is still to be told that they have ended, oldest first, each with its feed. */
    Map<String, String> findUntold();

    /** Notes that it was told of a load. */
    void told(String loadId);

    /**
     * Marks objects of a feed that are done, so that they are loaded again.
     *
     * @param load the run history's entry for this action, without objects
     * @param filter selects the feed's objects by the last entry of each
     * @return the number of objects
     */
    long rearm(Feed feed, LoadRecord load, ObjectFilter filter, Mode mode);

    /**
     * Marks object versions of a feed that are not done yet, so that they are never loaded.
     *
     * @param load the run history's entry for this action, without objects
     * @param listing shows the versions; called once
     * @return the number of objects
     */
    long skip(Feed feed, LoadRecord load, Consumer<Consumer<ObjectVersion>> listing, Mode mode);
}
