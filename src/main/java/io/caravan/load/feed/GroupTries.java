package io.caravan.load.feed;

import io.caravan.base.CaravanException;
import io.caravan.base.ErrorCode;
import io.caravan.base.Reaction;
import io.caravan.load.tally.FailedObject;
import io.caravan.load.tally.LoadResult;
import io.caravan.model.ObjectVersion;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Brings one group of objects to its end, in their order: as one load, tried again as a whole; if it still fails, as smaller
 * and smaller loads, until the object that fails alone is found. Used by one thread.
 */
final class GroupTries {

    /** The end of a group. */
    enum End {
        /** Every object is dealt with, or was reported as failed. */
        SETTLED,
        /** Some objects are left: they may have changed, or need a load of their own. Those that follow must wait. */
        SOME_LEFT,
        /** There is no target yet, and no object, here or in another group, that it can be created for. */
        WAITING,
        /** Another process has been faster with some, or with the target. */
        OVERTAKEN,
        /** The feed is to stop. */
        STOPPED
    }

    /** Gets the outcomes of the objects; an exception from it ends the group. */
    interface Observer {

        /** A load was committed, or had nothing to commit. */
        void succeeded(LoadResult result);

        /** A try has failed, and another follows after a delay. */
        void retrying(CaravanException reason, Tries tries, Duration delay);

        /** An object has failed alone, and its tries are used up. */
        void failedAlone(FailedObject object);

        /** A load has failed for good, and would fail with other objects too. */
        void gaveUp(LoadResult result, Instant started);
    }

    /** Of an object, when one is searched for; more than one object have one try. */
    private static final int TRIES_ALONE = 2;

    private final List<ObjectVersion> group;
    private final Function<List<ObjectVersion>, LoadResult> load;
    private final Observer observer;
    private final Retrying retrying;

    private final Instant started;
    private int from;
    private int size;
    private boolean isSearching;
    private Tries tries;
    private Tries triesOfPart;

    GroupTries(
            List<ObjectVersion> group,
            Function<List<ObjectVersion>, LoadResult> load,
            Observer observer,
            Retrying retrying) {
        this.group = group;
        this.load = load;
        this.observer = observer;
        this.retrying = retrying;
        this.started = retrying.clock().instant();
        this.size = group.size();
        this.tries = retrying.begin();
        this.triesOfPart = tries;
    }

    /**
     * Loads the objects.
     *
     * @throws CaravanException if a failure remains that does not lie in one object
     */
    End settle() {
        while (from < group.size()) {
            if (retrying.patience().isOver()) {
                return End.STOPPED;
            }
            List<ObjectVersion> part = group.subList(from, from + size);
            LoadResult result = load.apply(part);
            CaravanException failure = result.failure();
            if (failure == null) {
                observer.succeeded(result);
                if (result.done().size() + result.unreadable().size() < part.size()) {
                    return End.SOME_LEFT;
                }
                from += part.size();
                // If it was no object's fault, the rest need not go in small loads.
                begin(part.size() * 2);
            } else if (retrying.patience().isOver()) {
                // Whatever it was, the stop may have caused it.
                return End.STOPPED;
            } else if (failure.code() == ErrorCode.TARGET_AWAITS_ROWS) {
                return End.WAITING;
            } else if (startsAgain(failure.code())) {
                return End.OVERTAKEN;
            } else if (!tryAgain(failure)) {
                narrow(part, result, failure);
            }
        }
        return End.SETTLED;
    }

    /** Returns whether a failed load is to begin again at once, with what is new by then. */
    static boolean startsAgain(ErrorCode code) {
        return code == ErrorCode.LEDGER_MOVED || code == ErrorCode.REMEMBERED_ROWS_OUTDATED;
    }

    /** Returns whether to do the same again: after a delay, or not at all because the feed is to stop. */
    private boolean tryAgain(CaravanException failure) {
        Optional<Duration> delay =
                switch (failure.code().reaction()) {
                    case RETRYABLE -> tries.failed();
                    case RETRYABLE_APART -> triesOfPart.failed();
                    default -> Optional.empty();
                };
        delay.ifPresent(wait -> {
            observer.retrying(failure, failure.code().reaction() == Reaction.RETRYABLE ? tries : triesOfPart, wait);
            retrying.patience().await(wait);
        });
        return delay.isPresent();
    }

    private void narrow(List<ObjectVersion> part, LoadResult result, CaravanException failure) {
        Reaction reaction = failure.code().reaction();
        if (reaction == Reaction.RETRYABLE || reaction == Reaction.FATAL) {
            observer.gaveUp(result, started);
            throw failure;
        }
        if (part.size() > 1) {
            isSearching = true;
            begin(part.size() / 2);
        } else {
            observer.failedAlone(new FailedObject(part.get(0), failure));
            isSearching = false;
            from++;
            begin(group.size());
        }
    }

    /** Begins a part; while one object is searched for, its tries are few: the whole group has had its own. */
    private void begin(int objects) {
        size = Math.min(objects, group.size() - from);
        tries = retrying.begin();
        triesOfPart = isSearching ? retrying.tries(size > 1 ? 1 : TRIES_ALONE).begin() : tries;
    }
}
