package io.caravan.load.ledger;

import io.caravan.base.CaravanException;
import io.caravan.model.feed.Feed;
import io.caravan.model.feed.MergePolicy;
import io.caravan.spi.TargetSession;
import io.caravan.spi.Warehouse;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Warns that somebody else has emptied a target or created it anew: objects that the ledger has as loaded do not load again
 * until people rearm them. Warns once, until the target has rows again. Safe for use by several threads.
 */
public final class LostRows {

    private static final Logger log = LoggerFactory.getLogger(LostRows.class);

    private boolean wasLookedFor;
    private boolean isTold;

    /** Looks once, whatever the process does with the feed. A failed look is ignored, as the feed does not depend on it. */
    void lookOnce(Warehouse warehouse, Feed feed) {
        synchronized (this) {
            if (wasLookedFor) {
                return;
            }
            wasLookedFor = true;
        }
        try {
            tell(feed, warehouse.countLost(feed.target()));
        } catch (CaravanException e) {
            log.debug("Feed {}: cannot look whether its table was emptied: {}", feed.name(), e.getMessage());
        }
    }

    /** Notes that a load of this process has committed: from now on each load looks by itself. */
    synchronized void committed() {
        wasLookedFor = true;
    }

    /**
     * Looks within a load.
     *
     * @param rows the number of the target's rows before the load
     */
    public synchronized void look(TargetSession session, Feed feed, long rows) {
        if (rows > 0) {
            isTold = false;
        } else if (!isTold && lastsWithin(feed)) {
            tell(feed, session.countLost());
            isTold = true;
        }
    }

    /** Snapshots make the table whole again, and whoever has a script before each load may empty it by that. */
    private static boolean lastsWithin(Feed feed) {
        MergePolicy merge = feed.merge();
        return !merge.mode().isSnapshot() && feed.sql().before().isEmpty();
    }

    private synchronized void tell(Feed feed, long objects) {
        if (objects > 0 && !isTold) {
            isTold = true;
            log.warn("Feed {}: {}", feed.name(), text(feed, objects));
        }
    }

    /**
     * Returns the warning, with the remedy.
     *
     * @param objects the number of objects that the ledger has as loaded
     */
    public static String text(Feed feed, long objects) {
        String prefix = feed.prefixes().size() == 1 ? feed.prefixes().get(0) : "";
        String which = prefix.isEmpty() ? "--since 2000-01-01" : "--prefix '" + prefix.replace("'", "'\\''") + "'";
        return "table " + feed.target() + " is empty, although the ledger has " + objects
                + " objects whose rows were loaded into it: somebody else has emptied it or made it anew. They do not load"
                + " again by themselves; to have that, run: caravan objects rearm --feed " + feed.name() + " " + which;
    }
}
