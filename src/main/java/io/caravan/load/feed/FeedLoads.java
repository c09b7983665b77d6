package io.caravan.load.feed;

import io.caravan.base.CaravanException;
import io.caravan.base.ErrorCode;
import io.caravan.base.RetryableException;
import io.caravan.load.feed.GroupTries.End;
import io.caravan.load.ledger.FailedLoads;
import io.caravan.load.tally.FailedObject;
import io.caravan.load.tally.LoadResult;
import io.caravan.model.ObjectVersion;
import io.caravan.model.status.FeedStatus;
import io.caravan.spi.LoadListener;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All loads of one feed, each in as many tries as its failures are worth. What fails for every object keeps the feed waiting,
 * so that no object overtakes one before it; what fails for one object sets that one aside, and the others go on. Used by one
 * thread, but for {@link #status}.
 */
public final class FeedLoads {

    /** How often the objects are listed again although nothing came of it, before that counts as a failure. */
    private static final int MAX_VAIN_LOOKS = 5;

    /** Objects set aside that have their try in one look of a service; new objects must not wait long. */
    private static final int MAX_ASIDE_PER_POLL = 20;

    /** Whoever fails so is not to be asked for more. */
    private static final Set<ErrorCode> STORE_FAILURES = Set.of(
            ErrorCode.OBJECT_STORE_UNREACHABLE,
            ErrorCode.OBJECT_STORE_BUSY,
            ErrorCode.OBJECT_STORE_FAILED,
            ErrorCode.OBJECT_STORE_DENIED,
            ErrorCode.BUCKET_NOT_FOUND);

    private static final Logger log = LoggerFactory.getLogger(FeedLoads.class);

    private final String feed;
    private final Lookout lookout;
    private final ObjectSource source;
    private final FailedLoads failedLoads;
    private final RetryPolicy policy;
    private final LoadListener listener;
    private final Patience patience;
    private final LoadSlots slots;
    private final Clock clock;
    private final RandomGenerator random;
    private final SetAside setAside;
    private final FeedHealth health;
    private final WaitingObjects waiting = new WaitingObjects();
    private final GroupTries.Observer observer = new Observer();

    private final Suspects suspects = new Suspects();
    private final Set<ObjectVersion> gone = new HashSet<>();
    private int done;
    private boolean hasListed;

    /** Whether the feed is to be verified before it loads anything. */
    private boolean isUnverified;

    private boolean hasVerified;

    public FeedLoads(
            String feed,
            Lookout lookout,
            ObjectSource source,
            FailedLoads failedLoads,
            RetryPolicy policy,
            LoadListener listener,
            Patience patience,
            LoadSlots slots,
            Clock clock,
            RandomGenerator random) {
        this.feed = feed;
        this.lookout = lookout;
        this.source = source;
        this.failedLoads = failedLoads;
        this.policy = policy;
        this.listener = listener;
        this.patience = patience;
        this.slots = slots;
        this.clock = clock;
        this.random = random;
        this.setAside = new SetAside(policy, clock, random);
        this.health = new FeedHealth(feed, policy, clock, random);
    }

    /** Returns how the feed gets on; for any thread. */
    public FeedStatus status() {
        return health.status(waiting.backlog(), source.newestListed(), setAside.all());
    }

    /**
     * Loads all that is new, for a service that asks again and again: a feed that fails has its turn at a slower pace, and
     * the listener is told. If the feed has notifications, this waits for one, for a while. Before the first load it is looked
     * whether the feed can load at all, though no object may be there.
     *
     * @return how many object versions were handed over
     */
    public int poll() {
        if (patience.isOver()) {
            return 0;
        }
        if (!health.isDue()) {
            lookout.rest();
            look();
            return 0;
        }
        isUnverified = !hasVerified;
        try {
            Scope scope = lookout.next();
            int handedOver = patience.isOver() ? 0 : pass(scope, MAX_ASIDE_PER_POLL);
            if (!patience.isOver()) {
                recover();
            }
            return handedOver;
        } catch (CaravanException e) {
            boolean isKnown = e.code() == health.reason();
            listener.feedFailed(feed, e, health.failed(e), isKnown);
            return 0;
        }
    }

    /** What arrives while the feed is left alone waits too. It costs one listing, as a poll of a feed that loads does. */
    private void look() {
        @Nullable ErrorCode reason = health.reason();
        if (!hasListed || reason == null || STORE_FAILURES.contains(reason)) {
            return;
        }
        try {
            found(source.findKnownNew(), lookout.everything());
        } catch (CaravanException e) {
            log.debug("Feed {}: cannot list what waits: {}", feed, e.getMessage());
        }
    }

    private void found(List<ObjectVersion> objects, Scope scope) {
        List<ObjectVersion> discovered = waiting.found(objects, scope);
        if (!discovered.isEmpty()) {
            listener.objectsFound(feed, discovered.size(), WaitingObjects.bytes(discovered));
        }
    }

    private void recover() {
        if (health.reason() != null) {
            listener.feedRecovered(feed);
        }
        health.succeeded();
    }

    /**
     * Loads all that is new, once; objects that are set aside have one try.
     *
     * @return how many object versions were handed over
     * @throws CaravanException if the feed fails; what is left is as new as before
     */
    public int pass() {
        return pass(lookout.all(), Integer.MAX_VALUE);
    }

    private int pass(Scope scope, int mostSetAside) {
        suspects.beginPass();
        setAside.beginPass();
        gone.clear();
        int handedOver = 0;
        int vainLooks = 0;
        End end;
        do {
            int before = done;
            failedLoads.writeLeft();
            List<ObjectVersion> fresh = findFresh(scope);
            handedOver += fresh.size();
            end = settle(fresh);
            vainLooks = done > before ? 0 : vainLooks + 1;
        } while ((end == End.SOME_LEFT || end == End.OVERTAKEN) && vainLooks < MAX_VAIN_LOOKS);
        if (end == End.OVERTAKEN) {
            throw new RetryableException(
                    ErrorCode.LEDGER_MOVED,
                    "Other loads into the target of feed " + feed + " were faster " + vainLooks + " times in a row");
        }
        if (end != End.STOPPED) {
            setAside(suspects.takeAll());
            handedOver += trySetAside(mostSetAside);
        }
        if (end == End.SETTLED || end == End.WAITING) {
            lookout.settled();
        }
        return handedOver;
    }

    private List<ObjectVersion> findFresh(Scope scope) {
        if (scope.prefixes().isEmpty()) {
            return List.of();
        }
        List<ObjectVersion> found = findNew(scope);
        found.stream().filter(failedLoads::contain).forEach(setAside::restore);
        setAside.retain(found, scope);
        return found.stream()
                .filter(object -> !setAside.contains(object) && !suspects.contains(object))
                .toList();
    }

    private List<ObjectVersion> findNew(Scope scope) {
        Tries tries = new Tries(policy(), clock, random);
        while (true) {
            try {
                Found found = source.findNew(scope);
                lookout.saw(found.listed());
                hasListed = true;
                listener.objectsListed(feed, found.listed(), found.fresh().size());
                found(found.fresh(), scope);
                if (isUnverified) {
                    source.verify();
                    hasVerified = true;
                    isUnverified = false;
                }
                return found.fresh();
            } catch (CaravanException e) {
                Optional<Duration> delay = e.code().reaction().isRetryable() ? tries.failed() : Optional.empty();
                if (!patience.isOver()) {
                    observer.retrying(e, tries, delay.orElseThrow(() -> e));
                    patience.await(delay.get());
                }
                // Whatever it was, a stop may have caused it.
                if (patience.isOver()) {
                    return List.of();
                }
            }
        }
    }

    private End settle(List<ObjectVersion> objects) {
        for (List<ObjectVersion> group : source.cut(objects)) {
            End end = new GroupTries(group, this::load, observer, policy(), patience, clock, random).settle();
            if (end != End.SETTLED) {
                return end;
            }
        }
        return patience.isOver() ? End.STOPPED : End.SETTLED;
    }

    /** Loads objects in their turn among all feeds' loads, in one try; throws nothing. */
    private LoadResult load(List<ObjectVersion> objects) {
        if (!slots.takeAtOnce()) {
            health.waits(true);
            boolean hasSlot = slots.take();
            health.waits(false);
            if (!hasSlot) {
                return stopped();
            }
        }
        try {
            return patience.isOver() ? stopped() : source.load(objects);
        } finally {
            slots.giveBack();
        }
    }

    private static LoadResult stopped() {
        return LoadResult.failed(
                new RetryableException(ErrorCode.WAREHOUSE_POOL_EXHAUSTED, "told to stop before the load's turn came"));
    }

    /** A feed that fails has had its quick tries. */
    private RetryPolicy policy() {
        return health.reason() == null ? policy : policy.tries(1);
    }

    /** Each alone, so that one does not fail for another. */
    private int trySetAside(int most) {
        List<ObjectVersion> due = setAside.due().stream().limit(most).toList();
        for (ObjectVersion object : due) {
            if (!patience.isOver()) {
                trySetAside(object);
            }
        }
        return due.size();
    }

    private void trySetAside(ObjectVersion object) {
        LoadResult result = load(List.of(object));
        @Nullable CaravanException reason = reason(result);
        if (reason == null) {
            setAside.remove(List.of(object));
            settled(result);
            return;
        }
        boolean isWaiting = reason.code() == ErrorCode.TARGET_AWAITS_ROWS;
        if (patience.isOver() || isWaiting || GroupTries.startsAgain(reason.code())) {
            return;
        }
        switch (reason.code().reaction()) {
            case RETRYABLE, FATAL -> throw reason;
            default -> setAside(List.of(new FailedObject(object, reason)));
        }
    }

    /** Notes what a load has dealt with. */
    private void settled(LoadResult result) {
        waiting.dealtWith(result.done());
        if (result.committed() != null) {
            health.committed(result.committed());
        }
    }

    private static @Nullable CaravanException reason(LoadResult result) {
        if (result.failure() != null) {
            return result.failure();
        }
        if (!result.unreadable().isEmpty()) {
            return result.unreadable().get(0).reason();
        }
        return result.gone().isEmpty() ? null : gone(result.gone().get(0));
    }

    private static CaravanException gone(ObjectVersion object) {
        return new RetryableException(
                ErrorCode.OBJECT_GONE,
                object.uri() + " is listed, but the store says that it is not there, or has changed, when it is read");
    }

    /** Throws if the ledger does not take them: nothing newer may load before it does. */
    private void setAside(List<FailedObject> objects) {
        for (FailedObject failed : objects) {
            boolean isKnown =
                    setAside.reason(failed.object()) == failed.reason().code();
            Duration delay = setAside.failed(failed.object(), failed.reason());
            listener.objectSetAside(feed, failed.object(), failed.reason(), delay, isKnown);
        }
        failedLoads.add(objects);
    }

    private final class Observer implements GroupTries.Observer {

        @Override
        public void succeeded(LoadResult result) {
            done += result.done().size();
            settled(result);
            if (result.done().isEmpty()) {
                result.unreadable().forEach(suspects::add);
            } else {
                List<FailedObject> all = new ArrayList<>(suspects.takeAll());
                all.addAll(result.unreadable());
                setAside(all);
            }
            // One that is gone once will not be listed again.
            result.gone().stream()
                    .filter(object -> !gone.add(object))
                    .forEach(object -> suspects.add(new FailedObject(object, gone(object))));
        }

        @Override
        public void retrying(CaravanException reason, Tries tries, Duration delay) {
            listener.retrying(feed, reason, tries.failures(), tries.maxTries(), delay);
        }

        @Override
        public void failedAlone(FailedObject object) {
            suspects.add(object);
        }

        @Override
        public void gaveUp(LoadResult result, Instant started) {
            CaravanException reason = result.failure();
            if (reason != null && result.loadId() != null && reason.code() != health.reason()) {
                failedLoads.add(result.loadId(), started, reason);
            }
        }
    }
}
