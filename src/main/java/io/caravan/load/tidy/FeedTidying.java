package io.caravan.load.tidy;

import io.caravan.base.CaravanException;
import io.caravan.base.ErrorCode;
import io.caravan.base.LogContext;
import io.caravan.base.RetryableException;
import io.caravan.load.feed.Patience;
import io.caravan.model.ObjectVersion;
import io.caravan.model.feed.Feed;
import io.caravan.model.ledger.Outcome;
import io.caravan.spi.LoadListener;
import io.caravan.spi.ObjectStore;
import io.caravan.spi.Warehouse;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tidies the objects of a feed's loads: tags, moves or deletes them in the store, as the feed says. Each load notes in its own
 * transaction that its objects are still to be tidied, so nothing is forgotten, whatever becomes of this process. What the store
 * refuses is tried again later, and is no failure of the feed. The warehouse is asked only if a load may have left something. Used by
 * one thread.
 */
public final class FeedTidying {

    private static final Logger log = LoggerFactory.getLogger(FeedTidying.class);

    private static final Duration FIRST_DELAY = Duration.ofMinutes(1);
    private static final Duration LONGEST_DELAY = Duration.ofMinutes(15);

    /** Requests take some 20 ms each. */
    private static final int THREADS = 8;

    private record Untidied(ObjectVersion object, Outcome outcome) {}

    private final Feed feed;
    private final ObjectTidying tidying;
    private final Warehouse warehouse;
    private final LoadListener listener;
    private final Clock clock;
    private final Patience patience;

    /** Also true at first: a process before this one may have left something. */
    private boolean mayHaveMore = true;

    /** Until what there was at the start was looked at: the feed may have had another name, and left something under it. */
    private boolean maybeRenamed = true;

    private Instant notBefore = Instant.MIN;
    private Duration delay = FIRST_DELAY;

    /**
     * Asks for nothing yet.
     *
     * @param patience ends when the feed is to stop; what is left then is the next process's
     */
    public FeedTidying(
            Feed feed, ObjectStore store, Warehouse warehouse, LoadListener listener, Clock clock, Patience patience) {
        this.feed = feed;
        this.tidying = new ObjectTidying(store, feed.objects().afterLoad());
        this.warehouse = warehouse;
        this.listener = listener;
        this.clock = clock;
        this.patience = patience;
    }

    /** Says that a load of the feed has committed. */
    public void loaded() {
        mayHaveMore = true;
    }

    /** Tidies what is to be tidied now. */
    public void tidy() {
        if (feed.objects().afterLoad().isNothing()
                || !mayHaveMore
                || clock.instant().isBefore(notBefore)) {
            return;
        }
        TidyFailures failures = new TidyFailures();
        try {
            mayHaveMore = !tidyAll(failures);
        } catch (CaravanException e) {
            failures.add(e);
        }
        if (failures.areNone()) {
            delay = FIRST_DELAY;
            return;
        }
        mayHaveMore = true;
        listener.tidyFailed(feed.name(), failures.count(), failures.first(), delay);
        notBefore = clock.instant().plus(delay);
        delay = delay.multipliedBy(2).compareTo(LONGEST_DELAY) < 0 ? delay.multipliedBy(2) : LONGEST_DELAY;
    }

    /** Returns whether nothing is left. */
    private boolean tidyAll(TidyFailures failures) {
        boolean isAll = true;
        for (Map.Entry<String, String> untidied : warehouse.findUntidied().entrySet()) {
            String load = untidied.getKey();
            boolean isOwn = untidied.getValue().equals(feed.name());
            if (!isOwn && !maybeRenamed) {
                continue;
            }
            List<Untidied> objects = new ArrayList<>();
            warehouse.readUntidied(
                    feed.target(), load, (object, outcome) -> objects.add(new Untidied(object, outcome)));
            if (!isOwn && !areOfFeed(objects)) {
                continue;
            }
            if (isOver(failures) || tidy(objects, failures) < objects.size()) {
                isAll = false;
                continue;
            }
            warehouse.tidied(load);
            log.info("Tidied {} objects of load {} of feed {}", objects.size(), load, feed.name());
        }
        maybeRenamed = false;
        return isAll;
    }

    /** Whether they come from where the feed's objects are, so that they are its own, whatever it was called. */
    private boolean areOfFeed(List<Untidied> objects) {
        return !objects.isEmpty()
                && objects.stream()
                        .map(Untidied::object)
                        .allMatch(object -> feed.covers(object.bucket(), object.key()));
    }

    private boolean isOver(TidyFailures failures) {
        return patience.isOver() || failures.areOfStore();
    }

    /** Returns how many of the objects are tidied. */
    private int tidy(List<Untidied> objects, TidyFailures failures) {
        Queue<Untidied> left = new ConcurrentLinkedQueue<>(objects);
        AtomicInteger done = new AtomicInteger();
        Runnable work = () -> {
            for (@Nullable Untidied next = left.poll(); next != null && !isOver(failures); next = left.poll()) {
                try {
                    tidying.tidy(next.object(), next.outcome());
                    done.incrementAndGet();
                } catch (CaravanException e) {
                    failures.add(e);
                } catch (RuntimeException e) {
                    // The SDK has exceptions of its own for a client that is closed already.
                    failures.add(new RetryableException(
                            ErrorCode.OBJECT_STORE_FAILED,
                            "cannot tidy " + next.object().uri() + ": " + e.getMessage(),
                            e));
                }
            }
        };
        List<Thread> others = new ArrayList<>();
        for (int i = 1; i < Math.min(THREADS, objects.size()); i++) {
            Thread other = new Thread(LogContext.carriedTo(work), "tidy-" + feed.name());
            other.setDaemon(true);
            other.start();
            others.add(other);
        }
        work.run();
        try {
            for (Thread other : others) {
                other.join();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return done.get();
    }
}
