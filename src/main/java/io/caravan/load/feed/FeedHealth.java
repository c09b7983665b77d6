package io.caravan.load.feed;

import io.caravan.base.CaravanException;
import io.caravan.base.ErrorCode;
import io.caravan.model.feed.FeedRole;
import io.caravan.model.ledger.LedgerEntry;
import io.caravan.model.ledger.LoadRecord;
import io.caravan.model.ledger.ObjectSetAside;
import io.caravan.model.ledger.Outcome;
import io.caravan.model.status.Backlog;
import io.caravan.model.status.FeedStatus;
import io.caravan.model.status.IncompleteFolder;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** The result of a feed's passes: whether the feed fails, and the time of its next try. Safe for use by several threads. */
final class FeedHealth {

    private final String feed;
    private final RetryPolicy policy;
    private final Clock clock;
    private final RandomGenerator random;
    private boolean firstPassOver;
    private @Nullable Instant lastGood;
    private @Nullable Instant lastLoad;
    private long rejectedRows;
    private long rejectedObjects;
    private @Nullable Instant failingSince;
    private @Nullable Instant nextTry;
    private @Nullable CaravanException reason;
    private int failures;
    private boolean waits;

    /** Since when an object would have been seen if there were none before. */
    private final Instant begun;

    private final @Nullable Duration expectEvery;
    private @Nullable Instant toldMissing;

    /**
     * Knows nothing yet.
     *
     * @param expectEvery how long at most no object arrives; null if that may be any time
     */
    FeedHealth(String feed, RetryPolicy policy, Clock clock, RandomGenerator random, @Nullable Duration expectEvery) {
        this.expectEvery = expectEvery;
        this.begun = clock.instant();
        this.feed = feed;
        this.policy = policy;
        this.clock = clock;
        this.random = random;
    }

    /** Returns why the feed fails; null if it does not. */
    synchronized @Nullable ErrorCode reason() {
        return reason == null ? null : reason.code();
    }

    /** Returns whether the feed is due for a pass: it does not fail, or its pause after a failure is over. */
    synchronized boolean isDue() {
        return nextTry == null || !clock.instant().isBefore(nextTry);
    }

    /** Notes that the feed has failed, and returns the pause before the next try. */
    synchronized Duration failed(CaravanException why) {
        if (failingSince == null) {
            failingSince = clock.instant();
        }
        firstPassOver = true;
        reason = why;
        Duration pause = policy.pause(++failures, random);
        nextTry = clock.instant().plus(pause);
        return pause;
    }

    synchronized void succeeded() {
        firstPassOver = true;
        lastGood = clock.instant();
        failingSince = null;
        nextTry = null;
        reason = null;
        failures = 0;
    }

    /**
     * Returns since when an object is missing; null if none is.
     *
     * @param newestObject when the store got the newest object; null if none is known
     */
    synchronized @Nullable Instant missingSince(@Nullable Instant newestObject) {
        if (expectEvery == null) {
            return null;
        }
        Instant expected = (newestObject == null ? begun : newestObject).plus(expectEvery);
        return expected.isBefore(clock.instant()) ? expected : null;
    }

    /** Returns since when an object is missing, if that is not told yet; null otherwise. */
    synchronized @Nullable Instant missingUntold(@Nullable Instant newestObject) {
        @Nullable Instant since = missingSince(newestObject);
        boolean isTold = Objects.equals(since, toldMissing);
        toldMissing = since;
        return isTold ? null : since;
    }

    /** Notes whether a load waits for its turn among those of all feeds. */
    synchronized void waits(boolean now) {
        waits = now;
    }

    /** Notes what a load has committed. */
    synchronized void committed(LoadRecord load) {
        lastLoad = load.ended();
        for (LedgerEntry entry : load.objects()) {
            if (entry.outcome() == Outcome.REJECTED) {
                rejectedObjects++;
            }
            rejectedRows += entry.counts().rejected();
        }
    }

    synchronized FeedStatus status(
            Backlog backlog,
            @Nullable Instant newestObject,
            List<ObjectSetAside> setAside,
            List<IncompleteFolder> incomplete) {
        return new FeedStatus(
                feed,
                FeedRole.LEADER,
                waits,
                firstPassOver,
                lastGood,
                lastLoad,
                newestObject,
                backlog,
                failingSince,
                failures,
                reason == null ? null : reason.code(),
                reason == null ? null : reason.getMessage(),
                nextTry,
                setAside,
                incomplete,
                rejectedRows,
                rejectedObjects,
                missingSince(newestObject));
    }
}
