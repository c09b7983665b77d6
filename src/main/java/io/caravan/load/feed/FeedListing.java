package io.caravan.load.feed;

import io.caravan.base.CaravanException;
import io.caravan.model.ObjectVersion;
import io.caravan.spi.LoadListener;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Finds the new objects of a feed. Used by one thread. */
final class FeedListing {

    private final String feed;
    private final ObjectSource source;
    private final Lookout lookout;
    private final FeedObjects objects;
    private final LoadListener listener;
    private boolean hasListed;

    /** Whether the feed is to be verified before it loads anything. */
    private boolean isUnverified;

    private boolean hasVerified;

    FeedListing(String feed, ObjectSource source, Lookout lookout, FeedObjects objects, LoadListener listener) {
        this.feed = feed;
        this.source = source;
        this.lookout = lookout;
        this.objects = objects;
        this.listener = listener;
    }

    /** Requests a check of the feed with the next listing, even if there is no object, unless it was checked already. */
    void verify() {
        isUnverified = !hasVerified;
    }

    /** Returns whether a listing has ever worked. */
    boolean hasListed() {
        return hasListed;
    }

    /**
     * Finds the new objects; tries again if that fails.
     *
     * @return empty too if the feed is to stop
     * @throws CaravanException if the failure stays
     */
    List<ObjectVersion> find(Scope scope, Retrying retrying) {
        return scope.prefixes().isEmpty() ? List.of() : objects.fresh(findNew(scope, retrying), scope);
    }

    /**
     * Finds the new objects, as {@link #find}, and lets others join the first ones for a while. A load that is full does not wait.
     *
     * @param time for how long; zero finds them at once
     */
    List<ObjectVersion> gather(Scope scope, Duration time, Retrying retrying) {
        List<ObjectVersion> first = find(scope, retrying);
        if (time.isZero() || first.isEmpty() || source.cut(first).size() > 1) {
            return first;
        }
        retrying.patience().await(time);
        return retrying.patience().isOver() ? List.of() : find(lookout.wider(scope), retrying);
    }

    private List<ObjectVersion> findNew(Scope scope, Retrying retrying) {
        Patience patience = retrying.patience();
        Tries tries = retrying.begin();
        while (true) {
            try {
                return findNew(scope);
            } catch (CaravanException e) {
                Optional<Duration> delay = e.code().reaction().isRetryable() ? tries.failed() : Optional.empty();
                if (!patience.isOver()) {
                    listener.retrying(feed, e, tries.failures(), tries.maxTries(), delay.orElseThrow(() -> e));
                    patience.await(delay.get());
                }
                // Whatever it was, a stop may have caused it.
                if (patience.isOver()) {
                    return List.of();
                }
            }
        }
    }

    private List<ObjectVersion> findNew(Scope scope) {
        Found found = source.findNew(scope);
        lookout.saw(found.listed());
        hasListed = true;
        listener.objectsListed(
                feed, found.listed() - found.unwanted(), found.fresh().size());
        objects.found(found.fresh(), scope);
        if (isUnverified) {
            source.verify();
            hasVerified = true;
            isUnverified = false;
        }
        return found.fresh();
    }

    /** Cuts the found objects into loads. */
    Iterable<List<ObjectVersion>> cut(List<ObjectVersion> fresh) {
        return source.cut(fresh);
    }

    /** Notes that all found objects are dealt with. */
    void settled() {
        lookout.settled();
    }
}
