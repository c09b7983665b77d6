package io.caravan.app.command.pass;

import io.caravan.app.settings.Settings;
import io.caravan.model.ledger.LoadFilter;
import io.caravan.model.ledger.PastLoad;
import io.caravan.model.ledger.PastObject;
import io.caravan.model.ledger.RejectedRows;
import java.util.List;
import java.util.function.Consumer;

/** What reads the run history. */
public interface LoadReading {

    /**
     * Shows loads, the newest first.
     *
     * @param limit how many at most
     * @return how many were shown
     */
    long read(Settings settings, LoadFilter filter, long limit, Consumer<PastLoad> action);

    /** Returns what a load has said of its objects, and its dead letters by object and code. */
    Details details(Settings settings, PastLoad load);

    /** What is known of the objects of a load. */
    record Details(List<PastObject> objects, List<RejectedRows> rejected) {

        public Details {
            objects = List.copyOf(objects);
            rejected = List.copyOf(rejected);
        }
    }
}
