package io.caravan.route.event;

import io.caravan.model.ledger.LoadCounts;
import io.caravan.model.ledger.Outcome;
import io.caravan.model.ledger.PastLoad;
import io.caravan.model.ledger.PastObject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What is told of a load that is over. */
final class LoadEvents {

    private LoadEvents() {}

    /** Returns that it has ended, and each object that was rejected as a whole. */
    static List<CloudEvent> of(PastLoad load, List<PastObject> objects) {
        List<CloudEvent> events = new ArrayList<>();
        events.add(new CloudEvent(load.id(), "load.ended", load.feed(), load.ended(), data(load)));
        for (int i = 0; i < objects.size(); i++) {
            if (objects.get(i).outcome() == Outcome.REJECTED) {
                events.add(new CloudEvent(
                        load.id() + "-" + (i + 1),
                        "object.rejected",
                        load.feed(),
                        load.ended(),
                        data(load, objects.get(i))));
            }
        }
        return events;
    }

    private static Map<String, @Nullable Object> data(PastLoad load) {
        Map<String, @Nullable Object> data = new LinkedHashMap<>();
        data.put("load", load.id());
        data.put("feed", load.feed());
        data.put("target", load.target());
        data.put("outcome", load.outcome().text());
        data.put("hasRejected", load.hasRejected());
        data.put("started", load.started().toString());
        data.put("ended", load.ended().toString());
        data.put("objects", load.objects());
        data.put("rows", rows(load.counts()));
        data.put("errorCode", load.errorCode());
        data.put("error", load.error());
        return data;
    }

    private static Map<String, @Nullable Object> rows(LoadCounts counts) {
        Map<String, @Nullable Object> rows = new LinkedHashMap<>();
        rows.put("read", counts.read());
        rows.put("inserted", counts.inserted());
        rows.put("updated", counts.updated());
        rows.put("unchanged", counts.unchanged());
        rows.put("deleted", counts.deleted());
        rows.put("stale", counts.stale());
        rows.put("superseded", counts.superseded());
        rows.put("rejected", counts.rejected());
        rows.put("deletedUnread", counts.deletedUnread());
        return rows;
    }

    private static Map<String, @Nullable Object> data(PastLoad load, PastObject object) {
        Map<String, @Nullable Object> data = new LinkedHashMap<>();
        data.put("load", load.id());
        data.put("feed", load.feed());
        data.put("bucket", object.object().bucket());
        data.put("key", object.object().key());
        data.put("etag", object.object().etag());
        data.put("read", object.counts().read());
        data.put("errorCode", object.errorCode());
        data.put("error", object.error());
        return data;
    }
}
