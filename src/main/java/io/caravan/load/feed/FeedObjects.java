package io.caravan.load.feed;

import io.caravan.base.CaravanException;
import io.caravan.load.ledger.FailedLoads;
import io.caravan.load.tally.FailedObject;
import io.caravan.load.tally.LoadResult;
import io.caravan.model.ObjectVersion;
import io.caravan.model.status.FeedStatus;
import io.caravan.model.status.IncompleteFolder;
import io.caravan.spi.LoadListener;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The objects of a feed that wait or are set aside, and their outcomes. Used by one thread, except {@link #status}. */
final class FeedObjects {

    private final String feed;
    private final FailedLoads failedLoads;
    private final SetAside setAside;
    private final FeedHealth health;
    private final LoadListener listener;
    private final WaitingObjects waiting = new WaitingObjects();
    private final Suspects suspects = new Suspects();

    FeedObjects(String feed, FailedLoads failedLoads, SetAside setAside, FeedHealth health, LoadListener listener) {
        this.feed = feed;
        this.failedLoads = failedLoads;
        this.setAside = setAside;
        this.health = health;
        this.listener = listener;
    }

    /** Returns the objects that failed alone. */
    Suspects suspects() {
        return suspects;
    }

    void beginPass() {
        suspects.beginPass();
        setAside.beginPass();
    }

    /** Takes the objects that a listing has found. */
    void found(List<ObjectVersion> objects, Scope scope) {
        List<ObjectVersion> discovered = waiting.found(objects, scope);
        if (!discovered.isEmpty()) {
            listener.objectsFound(feed, discovered.size(), WaitingObjects.bytes(discovered));
        }
    }

    /** Returns those of the found objects that are to load now: neither set aside, nor failed alone in this pass. */
    List<ObjectVersion> fresh(List<ObjectVersion> found, Scope scope) {
        found.stream().filter(failedLoads::contain).forEach(setAside::restore);
        setAside.retain(found, scope);
        return found.stream()
                .filter(object -> !setAside.contains(object) && !suspects.contains(object))
                .toList();
    }

    /** Returns objects that are set aside and are to be tried again. */
    List<ObjectVersion> due(int most) {
        return setAside.due().stream().limit(most).toList();
    }

    /** Notes that an object is no longer set aside. */
    void takeBack(ObjectVersion object) {
        setAside.remove(List.of(object));
    }

    /** Notes the objects that a load has dealt with. */
    void settled(LoadResult result) {
        waiting.dealtWith(result.done());
        if (result.committed() != null) {
            health.committed(result.committed());
        }
    }

    /** Sets objects aside. Throws if the ledger does not take them: nothing newer may load before it does. */
    void setAside(List<FailedObject> objects) {
        for (FailedObject failed : objects) {
            boolean isKnown =
                    setAside.reason(failed.object()) == failed.reason().code();
            Duration delay = setAside.failed(failed.object(), failed.reason());
            listener.objectSetAside(feed, failed.object(), failed.reason(), delay, isKnown);
        }
        failedLoads.add(objects);
    }

    /** Writes set-aside objects into the ledger that could not be written before. */
    void writeLeft() {
        failedLoads.writeLeft();
    }

    /** Notes a load that has failed for good, unless the feed fails for that reason already. */
    void gaveUp(LoadResult result, Instant started) {
        CaravanException reason = result.failure();
        if (reason != null && result.loadId() != null && reason.code() != health.reason()) {
            failedLoads.add(result.loadId(), started, reason);
        }
    }

    /** Returns some of the objects that were found and wait, the oldest first; for any thread. */
    List<ObjectVersion> waiting(Predicate<ObjectVersion> wanted, int limit) {
        return waiting.find(wanted, limit);
    }

    /** Returns how the feed gets on; for any thread. */
    FeedStatus status(@Nullable Instant newestListed, List<IncompleteFolder> incomplete) {
        return health.status(waiting.backlog(), newestListed, setAside.all(), incomplete);
    }
}
