package io.caravan.load.replay;

import static java.util.Objects.requireNonNull;

import io.caravan.model.ObjectVersion;
import io.caravan.model.feed.Feed;
import io.caravan.model.feed.FeedEntries;
import io.caravan.model.ledger.DeadLetterFilter;
import io.caravan.model.ledger.DeadLetterGroup;
import io.caravan.model.ledger.Outcome;
import io.caravan.spi.DeadLetters;
import io.caravan.spi.Warehouse;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Makes replays of a feed's dead letters, one after another, oldest object first. A dead letter that cannot be replayed as
 * it is stays open and is counted; an object that was rejected as a whole is rearmed, because few of its records are kept.
 * Used by one thread.
 */
public final class Replays implements AutoCloseable {

    /** Of each object it is held what is known of it, its header too. */
    private static final int OBJECTS_PER_PAGE = 200;

    private final Feed feed;
    private final ReplayedRecords records;
    private final boolean overwrites;
    private final Predicate<DeadLetterGroup> rearm;
    private final @Nullable Predicate<ObjectVersion> outdated;

    private final Deque<DeadLetterGroup> ready = new ArrayDeque<>();
    private final List<DeadLetterGroup> taken = new ArrayList<>();
    private final List<ObjectVersion> rearmed = new ArrayList<>();
    private final Map<LeftOpen, Long> leftOpen = new EnumMap<>(LeftOpen.class);

    private Replays(
            Feed feed,
            Warehouse warehouse,
            ReplayedRecords records,
            boolean overwrites,
            Predicate<DeadLetterGroup> rearm) {
        this.feed = requireNonNull(feed, "feed");
        this.records = records;
        this.overwrites = overwrites;
        this.rearm = requireNonNull(rearm, "rearm");
        this.outdated = feed.merge().mode().isSnapshot() ? object -> hasNewer(warehouse, feed, object) : null;
    }

    /**
     * Replays records as they are kept.
     *
     * @param filter which of the feed's open dead letters
     * @param overwrites whether rows go into the target even where what they change was loaded later than their object
     * @param rearm rearms an object that was rejected as a whole, and returns false if another version of it has been dealt
     *     with since
     */
    public static Replays ofKept(
            Warehouse warehouse,
            DeadLetters letters,
            Feed feed,
            DeadLetterFilter filter,
            boolean overwrites,
            Predicate<DeadLetterGroup> rearm) {
        return new Replays(feed, warehouse, new KeptRecords(letters, feed, filter), overwrites, rearm);
    }

    /**
     * Replays records as people have corrected them, and no others.
     *
     * @param entries the ledger entries that belong to the feed
     * @param corrections at most one for each dead letter
     * @param overwrites whether rows go into the target even where what they change was loaded later than their object
     * @throws io.caravan.base.InvalidConfigurationException if a text is not one record, if a dead letter is not open, or if
     *     its object was rejected as a whole
     */
    public static Replays ofCorrected(
            Warehouse warehouse,
            DeadLetters letters,
            Feed feed,
            FeedEntries entries,
            List<Correction> corrections,
            boolean overwrites) {
        Corrections all = new Corrections(corrections);
        all.requireRecords(feed);
        try (ReplayedRecords kept = new KeptRecords(letters, feed, all.filter(entries))) {
            all.requireOpen(feed, kept, OBJECTS_PER_PAGE);
        }
        ReplayedRecords records = new CorrectedRecords(new KeptRecords(letters, feed, all.filter(entries)), all);
        return new Replays(feed, warehouse, records, overwrites, rejected -> false);
    }

    /**
     * Replays records once more that a load has replayed, as they are kept.
     *
     * @param load id of the load
     * @param overwrites likewise
     */
    public static Replays ofPast(Warehouse warehouse, DeadLetters letters, Feed feed, String load, boolean overwrites) {
        return new Replays(feed, warehouse, KeptRecords.replayedBy(load, letters, feed), overwrites, rejected -> false);
    }

    private static boolean hasNewer(Warehouse warehouse, Feed feed, ObjectVersion object) {
        return warehouse
                .findNewest(feed, Set.of())
                .filter(newest -> feed.objects().order().compare(object, newest) < 0)
                .isPresent();
    }

    /** Returns the dead letters of the next load; empty if there are no more. */
    public Optional<Replay> next() {
        while (ready.isEmpty()) {
            List<DeadLetterGroup> page = records.next(OBJECTS_PER_PAGE);
            if (page.isEmpty()) {
                return Optional.empty();
            }
            prepare(page);
        }
        taken.clear();
        Set<ObjectVersion> objects = new HashSet<>();
        while (!ready.isEmpty()
                && taken.size() < feed.limits().maxObjectsPerLoad()
                && objects.add(ready.peek().object())) {
            taken.add(ready.remove());
        }
        return Optional.of(replay());
    }

    /**
     * Returns the dead letters of the last replay once more, because another load committed first; empty if that load made
     * them outdated.
     */
    public Optional<Replay> again() {
        taken.removeIf(this::isOutdated);
        return taken.isEmpty() ? Optional.empty() : Optional.of(replay());
    }

    /** Notes how many objects of the last replay were dealt with; the others are returned again. */
    public void done(int objects) {
        List<DeadLetterGroup> rest = new ArrayList<>(taken.subList(Math.min(objects, taken.size()), taken.size()));
        Collections.reverse(rest);
        rest.forEach(ready::addFirst);
        taken.clear();
    }

    /** Returns the objects of the last replay, each with its number of dead letters that can be replayed. */
    public List<DeadLetterGroup> taken() {
        return List.copyOf(taken);
    }

    /** Returns the objects that were rearmed. */
    public List<ObjectVersion> rearmed() {
        return Collections.unmodifiableList(rearmed);
    }

    /** Returns the number of dead letters that stay open, by reason. */
    public Map<LeftOpen, Long> leftOpen() {
        return Collections.unmodifiableMap(leftOpen);
    }

    @Override
    public void close() {
        records.close();
    }

    private Replay replay() {
        return new Replay(taken, records, feed.csv(), overwrites, outdated);
    }

    private void prepare(List<DeadLetterGroup> page) {
        for (DeadLetterGroup group : page) {
            if (group.outcome() == Outcome.REJECTED) {
                rearm(group);
            } else if (group.header() == null) {
                leave(LeftOpen.NO_HEADER, group.letters());
            } else if (!isOutdated(group)) {
                inspect(group);
            }
        }
    }

    private void rearm(DeadLetterGroup group) {
        if (rearm.test(group)) {
            rearmed.add(group.object());
        } else {
            leave(LeftOpen.NEWER_VERSION, group.letters());
        }
    }

    private boolean isOutdated(DeadLetterGroup group) {
        boolean isOutdated = outdated != null && outdated.test(group.object());
        if (isOutdated) {
            leave(LeftOpen.NEWER_SNAPSHOT, group.letters());
        }
        return isOutdated;
    }

    /** Looks beforehand, so that an object of which nothing can be replayed has no part in a load. */
    private void inspect(DeadLetterGroup group) {
        long good = 0;
        Iterator<ReplayedRecord> read = records.open(group);
        while (read.hasNext()) {
            Optional<LeftOpen> obstacle = read.next().obstacle(feed.csv());
            if (obstacle.isEmpty()) {
                good++;
            } else {
                leave(obstacle.get(), 1);
            }
        }
        if (good > 0) {
            ready.add(group.withLetters(good));
        }
    }

    private void leave(LeftOpen reason, long count) {
        leftOpen.merge(reason, count, Long::sum);
    }
}
