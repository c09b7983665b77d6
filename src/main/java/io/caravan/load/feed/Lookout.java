package io.caravan.load.feed;

import io.caravan.base.CaravanException;
import io.caravan.base.ErrorCode;
import io.caravan.spi.LoadListener;
import io.caravan.spi.Notifications;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Decides where a feed looks next. A notification is only a hint, and a lost one loses no object: the first look lists all
 * objects, and so does one at regular intervals, and the next one after a look that failed. Used by one thread.
 */
final class Lookout {

    /** The longest that <a href="https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-short-and-long-polling.html">SQS</a> waits. */
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(20);

    /** A look at so few objects is ten requests; it shows all of them in their order, so it is worth more than a narrow one. */
    private static final long FEW_OBJECTS = 10_000;

    /** How long a queue that could not be read is left alone. */
    private static final Duration QUEUE_PAUSE = Duration.ofSeconds(10);

    /** More than so many narrow looks are worth one at all objects. */
    private static final int MOST_FOLDERS = 20;

    private final String feed;
    private final FeedWatch watch;
    private final Scope everything;
    private final LoadListener listener;
    private final Patience patience;
    private final Clock clock;

    private Scope current = Scope.NOTHING;
    private boolean isOpen;
    private @Nullable Instant lookedAtAll;
    private boolean hasFew;
    private @Nullable ErrorCode trouble;
    private Instant askAgain = Instant.MIN;

    Lookout(String feed, FeedWatch watch, LoadListener listener, Patience patience, Clock clock) {
        this.feed = feed;
        this.watch = watch;
        this.everything = new Scope(watch.prefixes());
        this.listener = listener;
        this.patience = patience;
        this.clock = clock;
    }

    /**
     * Waits for a notification, if the feed has any, and returns where to look. That counts as looked at only after
     * {@link #settled}.
     */
    Scope next() {
        Scope next = watch.notifications() == null ? everything : next(watch.notifications());
        return next.equals(everything) ? all() : begin(next);
    }

    /** Returns all objects, without a wait. */
    Scope all() {
        lookedAtAll = clock.instant();
        return begin(everything);
    }

    /** Returns where all objects of the feed are. */
    Scope everything() {
        return everything;
    }

    /** Waits for the poll interval, if the feed has notifications: its polls have no pause otherwise. */
    void rest() {
        if (watch.notifications() != null) {
            patience.await(watch.pollDelay());
        }
    }

    private Scope begin(Scope next) {
        current = next;
        isOpen = true;
        return next;
    }

    /** Notes how many objects there are where the feed has looked. */
    void saw(long objects) {
        if (current.equals(everything)) {
            hasFew = objects <= FEW_OBJECTS;
        }
    }

    /** Notes that all is dealt with where the feed has looked. */
    void settled() {
        isOpen = false;
    }

    /** Returns the part of the store where a look was, with what notifications have told of since; does not wait. */
    Scope wider(Scope looked) {
        if (watch.notifications() == null || looked.equals(everything)) {
            return looked;
        }
        try {
            Scope more = scope(watch.notifications().take(Duration.ZERO), looked.prefixes());
            recovered();
            return more.equals(everything) ? all() : begin(more);
        } catch (CaravanException e) {
            failed(e);
            return looked;
        }
    }

    private Scope next(Notifications notifications) {
        if (isOpen || lookedAtAll == null) {
            return everything;
        }
        if (clock.instant().isBefore(askAgain)) {
            return poll(lookedAtAll);
        }
        Duration untilAll = untilNext(lookedAtAll, watch.reconcileEvery());
        if (untilAll.isZero()) {
            return everything;
        }
        try {
            Set<String> keys = notifications.take(untilAll.compareTo(LONGEST_WAIT) < 0 ? untilAll : LONGEST_WAIT);
            recovered();
            boolean isQuiet = keys.isEmpty()
                    && !untilNext(lookedAtAll, watch.reconcileEvery()).isZero();
            return isQuiet ? Scope.NOTHING : scope(keys, List.of());
        } catch (CaravanException e) {
            failed(e);
            return poll(lookedAtAll);
        }
    }

    /** As without notifications. */
    private Scope poll(Instant last) {
        patience.await(untilNext(last, watch.pollDelay()));
        return everything;
    }

    private void failed(CaravanException reason) {
        listener.notificationsFailed(feed, reason, reason.code() == trouble);
        trouble = reason.code();
        askAgain = clock.instant().plus(QUEUE_PAUSE);
    }

    private void recovered() {
        if (trouble != null) {
            trouble = null;
            listener.notificationsRecovered(feed);
        }
    }

    private Duration untilNext(Instant last, Duration span) {
        Duration left = Duration.between(clock.instant(), last.plus(span));
        return left.isNegative() ? Duration.ZERO : left;
    }

    /**
     * Returns where to look for objects: if there are many in all, in the folders of these. Beside one that was told of there may
     * be an older one that was not yet, and it comes first.
     *
     * @param others prefixes to look under as well
     */
    private Scope scope(Set<String> keys, List<String> others) {
        TreeSet<String> folders = new TreeSet<>(others);
        if (hasFew || watch.looksAtAll() || (keys.isEmpty() && others.isEmpty())) {
            return everything;
        }
        keys.forEach(key -> folders.add(folder(key)));
        List<String> apart = new ArrayList<>();
        for (String folder : folders) {
            // In this order a folder comes before what is in it.
            if (apart.isEmpty() || !folder.startsWith(apart.get(apart.size() - 1))) {
                apart.add(folder);
            }
        }
        return apart.size() > MOST_FOLDERS ? everything : new Scope(apart);
    }

    private String folder(String key) {
        String folder = key.substring(0, key.lastIndexOf('/') + 1);
        return watch.prefixes().stream()
                .filter(key::startsWith)
                .findFirst()
                .filter(prefix -> !folder.startsWith(prefix))
                .orElse(folder);
    }
}
