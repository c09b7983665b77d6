package io.caravan.load.feed;

import io.caravan.base.CaravanException;
import io.caravan.base.ErrorCode;
import io.caravan.model.ObjectVersion;
import io.caravan.model.ledger.ObjectSetAside;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** The objects of a feed that do not load although others do. Safe for use by several threads. */
final class SetAside {

    private final RetryPolicy policy;
    private final Clock clock;
    private final RandomGenerator random;
    private final Map<ObjectVersion, ObjectSetAside> objects = new LinkedHashMap<>();

    /** However long a pass takes, an object that has failed in it waits for another one. */
    private final Set<ObjectVersion> failedInPass = new HashSet<>();

    SetAside(RetryPolicy policy, Clock clock, RandomGenerator random) {
        this.policy = policy;
        this.clock = clock;
        this.random = random;
    }

    synchronized void beginPass() {
        failedInPass.clear();
    }

    synchronized boolean contains(ObjectVersion object) {
        return objects.containsKey(object);
    }

    /** Returns why an object is set aside, as far as this process knows; null if it is not. */
    synchronized @Nullable ErrorCode reason(ObjectVersion object) {
        ObjectSetAside known = objects.get(object);
        return known == null ? null : known.errorCode();
    }

    /** Adds an object that another process has set aside, or this one before it was started. */
    synchronized void restore(ObjectVersion object) {
        objects.putIfAbsent(object, new ObjectSetAside(object, null, null, 0, clock.instant()));
    }

    /** Adds an object, or notes that it has failed again, and returns the pause before its next try. */
    synchronized Duration failed(ObjectVersion object, CaravanException reason) {
        ObjectSetAside known = objects.get(object);
        int failures = known == null ? 1 : known.failures() + 1;
        Duration pause = policy.pause(failures, random);
        Instant nextTry = clock.instant().plus(pause);
        // To the end, so that all have their turn.
        objects.remove(object);
        failedInPass.add(object);
        objects.put(object, new ObjectSetAside(object, reason.code(), reason.getMessage(), failures, nextTry));
        return pause;
    }

    synchronized void remove(Collection<ObjectVersion> done) {
        objects.keySet().removeAll(done);
    }

    /** Forgets the objects in the listed scope that are no longer new, or no longer exist. */
    synchronized void retain(Collection<ObjectVersion> found, Scope scope) {
        if (!objects.isEmpty()) {
            Set<ObjectVersion> there = Set.copyOf(found);
            objects.keySet().removeIf(object -> scope.covers(object.key()) && !there.contains(object));
        }
    }

    /**
     * Returns the objects whose time for another try has come and that have not failed in this pass, those that were tried
     * longest ago first.
     */
    synchronized List<ObjectVersion> due() {
        Instant now = clock.instant();
        return objects.values().stream()
                .filter(object -> !object.nextTry().isAfter(now))
                .map(ObjectSetAside::object)
                .filter(object -> !failedInPass.contains(object))
                .toList();
    }

    synchronized List<ObjectSetAside> all() {
        return List.copyOf(objects.values());
    }
}
