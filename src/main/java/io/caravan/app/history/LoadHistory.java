package io.caravan.app.history;

import static java.util.Objects.requireNonNull;

import io.caravan.base.CaravanException;
import io.caravan.base.ErrorCode;
import io.caravan.model.ObjectVersion;
import io.caravan.model.ledger.LoadRecord;
import io.caravan.model.ledger.Outcome;
import io.caravan.model.ledger.PastAct;
import io.caravan.model.ledger.PastLoad;
import io.caravan.model.ledger.PastObject;
import io.caravan.spi.LoadListener;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Remembers what loads and the service tell, as much as its limits allow, so that nobody has to ask the warehouse. Safe for use
 * by several threads.
 */
public final class LoadHistory implements LoadListener, ServiceListener {

    private static final Comparator<PastEvent> IN_TIME =
            Comparator.comparing(PastEvent::at).thenComparing(PastEvent::number);

    private final Clock clock;
    private final HistoryLimits limits;
    private final Map<String, LoadProgress> running = new LinkedHashMap<>();
    private final LoadMemory loads;
    private final NavigableSet<PastEvent> events = new TreeSet<>(IN_TIME);
    private final Instant started;
    private long lastNumber;

    /** Remembers nothing yet but the start. */
    public LoadHistory(HistoryLimits limits, Clock clock) {
        this.limits = requireNonNull(limits, "limits");
        this.clock = requireNonNull(clock, "clock");
        this.loads = new LoadMemory(limits);
        this.started = clock.instant();
        note(EventKind.START, null, null, null, "the service has started");
    }

    /** Takes loads that ended before this process heard of any; those that are known stay as they are. */
    public synchronized void remember(List<PastLoad> earlier) {
        for (PastLoad load : earlier) {
            if (loads.find(load.id()).isEmpty()) {
                loads.add(load, null);
                note(
                        load.ended(),
                        EventKind.LOAD,
                        load.feed(),
                        load.id(),
                        load.errorCode(),
                        load.outcome().text());
            }
        }
    }

    /** Remembers what people have done before this process has started, the last first. */
    public synchronized void rememberActs(List<PastAct> acts) {
        for (PastAct act : acts) {
            if (act.at().isBefore(started)) {
                note(act.at(), EventKind.ACT, act.feed(), null, null, act.text());
            }
        }
    }

    /** Notes what somebody has done. */
    public void acted(String feed, String what) {
        note(EventKind.ACT, feed, null, null, what);
    }

    @Override
    public synchronized void loadStarted(String feedName, String loadId, int objectCount, long totalBytes) {
        running.put(
                loadId, new LoadProgress(loadId, feedName, clock.instant(), objectCount, 0, totalBytes, 0, 0, null));
    }

    @Override
    public synchronized void objectStarted(String loadId, ObjectVersion object) {
        running.computeIfPresent(loadId, (id, load) -> load.opened(object));
    }

    @Override
    public synchronized void progress(String loadId, long storedBytesDelta, long rowsDelta) {
        running.computeIfPresent(loadId, (id, load) -> load.read(storedBytesDelta, rowsDelta));
    }

    @Override
    public synchronized void loadLeft(String loadId) {
        running.remove(loadId);
    }

    @Override
    public synchronized void loadFinished(LoadRecord load) {
        running.remove(load.id());
        if (load.errorCode() == ErrorCode.LEDGER_MOVED) {
            // Another load of the target was faster: it begins again at once, and nothing has failed.
            return;
        }
        PastLoad past = PastLoad.of(load);
        loads.add(past, load.objects().stream().map(PastObject::of).toList());
        note(load.ended(), EventKind.LOAD, load.feed(), load.id(), past.errorCode(), outcome(load));
    }

    private static String outcome(LoadRecord load) {
        return load.outcome() == Outcome.FAILED && load.error() != null
                ? load.error()
                : load.outcome().text();
    }

    @Override
    public void schemaChanged(String feedName, List<String> changes) {
        note(EventKind.SCHEMA, feedName, null, null, String.join("; ", changes));
    }

    @Override
    public void retrying(String feedName, CaravanException reason, int tries, int maxTries, Duration delay) {
        note(
                EventKind.RETRY,
                feedName,
                null,
                reason.code().name(),
                "try " + tries + " of " + maxTries + " failed: " + reason.getMessage());
    }

    @Override
    public void objectSetAside(
            String feedName, ObjectVersion object, CaravanException reason, Duration delay, boolean isKnown) {
        if (!isKnown) {
            note(
                    EventKind.SET_ASIDE,
                    feedName,
                    null,
                    reason.code().name(),
                    object.uri() + " is set aside: " + reason.getMessage());
        }
    }

    @Override
    public void feedFailed(String feedName, CaravanException reason, Duration delay, boolean isKnown) {
        if (!isKnown) {
            note(EventKind.FEED_FAILED, feedName, null, reason.code().name(), reason.getMessage());
        }
    }

    @Override
    public void objectMissing(String feedName, Instant since) {
        note(EventKind.MISSING, feedName, null, null, "no object has arrived, although one was due at " + since);
    }

    @Override
    public void feedRecovered(String feedName) {
        note(EventKind.FEED_RECOVERED, feedName, null, null, "loads again");
    }

    @Override
    public void notificationsFailed(String feedName, CaravanException reason, boolean isKnown) {
        if (!isKnown) {
            note(EventKind.NOTIFICATIONS, feedName, null, reason.code().name(), reason.getMessage());
        }
    }

    @Override
    public void notificationsRecovered(String feedName) {
        note(EventKind.NOTIFICATIONS, feedName, null, null, "notifications can be had again");
    }

    @Override
    public void reloaded(List<String> changes) {
        note(EventKind.RELOAD, null, null, null, String.join("; ", changes));
    }

    @Override
    public void reloadRefused(String code, String reason) {
        note(EventKind.RELOAD, null, null, code, "refused: " + reason);
    }

    @Override
    public void turnChanged(String feedName, boolean isOurs) {
        note(
                EventKind.ELECTION,
                feedName,
                null,
                null,
                isOurs ? "this replica runs the feed" : "another replica runs the feed");
    }

    private void note(
            EventKind kind, @Nullable String feed, @Nullable String load, @Nullable String code, String text) {
        note(clock.instant(), kind, feed, load, code, text);
    }

    private synchronized void note(
            Instant at,
            EventKind kind,
            @Nullable String feed,
            @Nullable String load,
            @Nullable String code,
            String text) {
        events.add(new PastEvent(++lastNumber, at, kind, feed, load, code, text));
        if (events.size() > limits.events()) {
            events.pollFirst();
        }
    }

    /** Returns the loads that run, the one that began first first. */
    public synchronized List<LoadProgress> running() {
        return List.copyOf(running.values());
    }

    /** Returns a load that runs. */
    public synchronized Optional<LoadProgress> findRunning(String id) {
        return Optional.ofNullable(running.get(id));
    }

    /** Returns a load that is remembered. */
    public synchronized Optional<RememberedLoad> find(String id) {
        return loads.find(id);
    }

    /**
     * Returns loads that are over, the one that began last first.
     *
     * @param feed whose; null for all feeds'
     * @param before id of a load, before which they began; null to begin with the last
     */
    public synchronized List<RememberedLoad> last(@Nullable String feed, @Nullable String before, int limit) {
        return loads.last(feed, before, limit);
    }

    /**
     * Returns objects of remembered loads, those of the load that began last first.
     *
     * @param feed whose; null for all feeds'
     */
    public synchronized List<FoundObject> findObjects(@Nullable String feed, Predicate<PastObject> wanted, int limit) {
        List<FoundObject> found = new ArrayList<>();
        for (RememberedLoad load : loads.last(feed, null, Integer.MAX_VALUE)) {
            for (PastObject object : load.objects() == null ? List.<PastObject>of() : load.objects()) {
                if (found.size() < limit && wanted.test(object)) {
                    found.add(new FoundObject(load.load(), object));
                }
            }
            if (found.size() >= limit) {
                break;
            }
        }
        return found;
    }

    /**
     * Returns events, the last first.
     *
     * @param before number of an event, before which they happened; null to begin with the last
     */
    public synchronized List<PastEvent> events(Predicate<PastEvent> wanted, @Nullable Long before, int limit) {
        List<PastEvent> found = new ArrayList<>();
        boolean isBefore = before == null;
        for (PastEvent event : events.descendingSet()) {
            if (found.size() >= limit) {
                break;
            }
            if (isBefore && wanted.test(event)) {
                found.add(event);
            }
            isBefore |= before != null && event.number() == before;
        }
        return found;
    }
}
