package io.caravan.load;

import static java.util.Objects.requireNonNull;

import io.caravan.load.feed.Patience;
import io.caravan.load.ledger.LedgerContent;
import io.caravan.load.ledger.LedgerIndex;
import io.caravan.load.ledger.LedgerIndexes;
import io.caravan.load.ledger.SameContent;
import io.caravan.load.preview.PreviewWish;
import io.caravan.load.remember.RowMemory;
import io.caravan.load.replay.Replay;
import io.caravan.load.replay.RowOrigin;
import io.caravan.load.staging.ObjectStaging;
import io.caravan.load.staging.StagingFactory;
import io.caravan.load.tally.LoadIds;
import io.caravan.load.tally.ObjectTallies;
import io.caravan.load.target.EvolvingTarget;
import io.caravan.load.target.FeedTarget;
import io.caravan.load.target.SeenTargets;
import io.caravan.load.target.TargetTables;
import io.caravan.load.tidy.FeedTidying;
import io.caravan.load.verify.FeedsOfTable;
import io.caravan.model.Deliveries;
import io.caravan.model.Delivery;
import io.caravan.model.ObjectVersion;
import io.caravan.model.feed.Feed;
import io.caravan.model.feed.ObjectOrder;
import io.caravan.spi.DeadLetters;
import io.caravan.spi.LoadListener;
import io.caravan.spi.ObjectStore;
import io.caravan.spi.ObjectStores;
import io.caravan.spi.ProcessDeaths;
import io.caravan.spi.Warehouse;
import io.caravan.spi.verify.VerifySession;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Begins loads, any number of them at a time. Safe for use by several threads. */
public final class Loads {

    private final ObjectStores stores;
    private final Warehouse warehouse;
    private final TargetTables tables;
    private final SeenTargets seen;
    private final LedgerIndexes ledger;
    private final StagingChoice staging;
    private final ProcessDeaths deaths;
    private final LoadListener listener;
    private final Clock clock;
    private final Supplier<String> ids;
    private final Endings endings;

    /**
     * Takes what all loads share.
     *
     * @param deaths which objects may have ended this process before
     */
    public Loads(
            ObjectStores stores,
            Warehouse warehouse,
            LedgerIndexes ledger,
            StagingChoice staging,
            ProcessDeaths deaths,
            LoadListener listener,
            Clock clock,
            LoadIds ids) {
        this(
                stores,
                warehouse,
                ledger,
                staging,
                deaths,
                listener,
                clock,
                requireNonNull(ids, "ids")::next,
                staged -> committing(staged, warehouse, clock));
    }

    /** Takes the same, what makes the ids of loads, and the factory of endings. */
    Loads(
            ObjectStores stores,
            Warehouse warehouse,
            LedgerIndexes ledger,
            StagingChoice staging,
            ProcessDeaths deaths,
            LoadListener listener,
            Clock clock,
            Supplier<String> ids,
            Endings endings) {
        this.stores = requireNonNull(stores, "stores");
        this.warehouse = requireNonNull(warehouse, "warehouse");
        this.tables = new TargetTables(stores::of, warehouse, listener);
        this.seen = new SeenTargets(clock);
        this.ledger = requireNonNull(ledger, "ledger");
        this.staging = requireNonNull(staging, "staging");
        this.deaths = requireNonNull(deaths, "deaths");
        this.listener = requireNonNull(listener, "listener");
        this.clock = requireNonNull(clock, "clock");
        this.ids = requireNonNull(ids, "ids");
        this.endings = endings;
    }

    private static Ending committing(Endings.Staged staged, Warehouse warehouse, Clock clock) {
        return new LoadCommit(
                staged.task(),
                staged.tallies(),
                staged.rows(),
                staged.privatePart(),
                new SharedPart(staged.task(), staged.position(), warehouse, staged.index(), staged.memory(), clock),
                clock);
    }

    /** Prepares to preview loads of one feed: they read and stage as other loads do, and are then rolled back. */
    public FeedPreviews previews(PreviewWish wish) {
        return new FeedPreviews(wish, stores, warehouse, staging, deaths, clock, ids);
    }

    /**
     * Prepares to compare a table with the objects that were loaded into it.
     *
     * @param letters have the records that were replayed
     * @param told is told how reading gets on
     * @param route brings objects through the route of their feed
     */
    public TableVerifier verifier(
            VerifySession session,
            FeedsOfTable feeds,
            DeadLetters letters,
            LoadListener told,
            TableVerifier.Route route) {
        return new TableVerifier(stores, warehouse, session, feeds, letters, staging, ids, told, route);
    }

    /** Prepares to tidy the objects of a feed's loads. */
    public FeedTidying tidying(Feed feed, Patience patience) {
        return new FeedTidying(feed, stores.of(feed), warehouse, listener, clock, patience);
    }

    /** Returns which objects may have ended this process before. */
    public ProcessDeaths deaths() {
        return deaths;
    }

    /** Returns the ledgers by which loads begin. */
    public LedgerIndexes ledger() {
        return ledger;
    }

    /**
     * Checks that a feed's target exists and fits the feed, or is to be created.
     *
     * @throws io.caravan.base.InvalidConfigurationException if not
     */
    public void verify(Feed feed) {
        tables.find(feed).ifPresent(table -> {
            new FeedTarget(feed, table).columnPlan();
            seen.add(feed, table);
        });
    }

    /**
     * Begins a load of those objects that the ledger does not know yet.
     *
     * @param objects oldest first
     * @param deliveries which of the objects belong together: all of them, or none
     * @param waiting all waiting objects, including these: together they determine the columns of a target that is still to
     *     be created
     * @return the load; empty if other loads have dealt with all of the objects
     * @throws io.caravan.base.InvalidConfigurationException if the target does not fit the feed
     * @throws io.caravan.base.RetryableException if the warehouse cannot be reached or fails; or if the target is still to
     *     be created, and no object holds a row
     */
    public Optional<Load> begin(
            Feed feed, List<ObjectVersion> objects, List<ObjectVersion> waiting, Deliveries deliveries) {
        boolean isSuspect = objects.stream().anyMatch(object -> deaths.isSuspect(feed.name(), object));
        FeedTarget target = tables.target(
                feed,
                seen.take(feed)
                        .orElseGet(() -> tables.find(
                                feed,
                                isSuspect ? objects : readable(feed, objects),
                                isSuspect ? objects : readable(feed, waiting))));
        LedgerIndex index = ledger.of(feed.target());
        index.prepare();
        long position = index.begin(objects);
        List<ObjectVersion> fresh = deliveries.areNone()
                ? objects.stream().filter(object -> !index.contains(object)).toList()
                : fresh(feed, deliveries, index);
        if (fresh.isEmpty()) {
            return Optional.empty();
        }
        String id = ids.get();
        Map<ObjectVersion, String> triedAgain = new HashMap<>();
        fresh.forEach(object -> index.triedAgainBy(object).ifPresent(name -> triedAgain.put(object, name)));
        boolean isByKey = feed.objects().order() == ObjectOrder.KEY;
        boolean areSnapshots = !deliveries.areNone() && feed.merge().takesMissing();
        Set<ObjectVersion> overtaken = areSnapshots
                ? overtaken(feed, deliveries)
                : overtaken(feed, isByKey ? fresh : triedAgain.keySet(), Set.copyOf(triedAgain.values()));
        Set<ObjectVersion> apart = new HashSet<>();
        if (deliveries.areNone()) {
            apart.addAll(triedAgain.keySet());
            apart.addAll(overtaken);
        }
        ObjectStore store = stores.of(feed);
        LedgerContent content = new LedgerContent(feed, warehouse, index, fresh);
        LoadTask task = new LoadTask(id, feed, fresh, apart, overtaken, RowOrigin.OBJECTS, clock.instant(), deliveries);
        LoadSource source = new LoadSource(
                content.reader(store),
                object -> deaths.verdict(feed.name(), object),
                content,
                task.keepsRaw() ? ObjectStaging.NONE : staging.objects(feed, store));
        RowMemory memory = overtaken.isEmpty() ? staging.memory(id, feed) : RowMemory.NONE;
        return Optional.of(begin(
                task,
                new EvolvingTarget(feed, tables, target),
                source,
                staging.rows(id, feed),
                memory,
                index,
                position));
    }

    /**
     * Begins a load of dead letters.
     *
     * @param feed the feed that rejected them
     * @throws io.caravan.base.InvalidConfigurationException if the target does not fit the feed
     * @throws io.caravan.base.RetryableException if the warehouse cannot be reached or fails, or if the dead letters are
     *     those of a snapshot and a newer one has been loaded
     */
    public Load begin(Feed feed, Replay replay) {
        Feed again = feed.forReplay();
        TargetTables targets = new TargetTables(own -> replay, warehouse, listener);
        FeedTarget target = targets.target(again, targets.find(again, replay.objects(), replay.objects()));
        LedgerIndex index = ledger.of(feed.target());
        index.prepare();
        long position = index.refresh();
        replay.requireNewest();
        Set<ObjectVersion> overtaken = replay.overwrites() ? Set.of() : overtaken(again, replay.objects(), Set.of());
        LoadTask task = new LoadTask(ids.get(), again, replay.objects(), Set.of(), overtaken, replay, clock.instant());
        return begin(
                task,
                new EvolvingTarget(again, targets, target),
                new LoadSource(replay, object -> Optional.empty(), SameContent.NONE, ObjectStaging.NONE),
                staging.rows(task.id(), feed),
                RowMemory.NONE,
                index,
                position);
    }

    private Load begin(
            LoadTask task,
            EvolvingTarget target,
            LoadSource source,
            StagingFactory stagingFactory,
            RowMemory memory,
            LedgerIndex index,
            long position) {
        Feed feed = task.feed();
        ObjectTallies tallies = new ObjectTallies();
        RowStaging rows = new RowStaging(task, tallies, target, memory, () -> warehouse.open(feed), stagingFactory);
        PrivatePart privatePart = new PrivatePart(feed, source.sameContent(), task.origin());
        Load load = new Load(
                task,
                tallies,
                new ObjectOpening(task, tallies, target, rows, source, listener),
                new ObjectReading(
                        task.id(),
                        tallies,
                        source.sameContent(),
                        feed.limits().maxDecompressedBytes(),
                        task.isOfWholeDeliveries(),
                        listener),
                rows,
                endings.of(new Endings.Staged(task, tallies, rows, privatePart, memory, index, position)),
                listener);
        listener.loadStarted(
                feed.name(),
                load.id(),
                task.objects().size(),
                task.objects().stream().mapToLong(ObjectVersion::sizeBytes).sum());
        return load;
    }

    /**
     * Returns the objects that may be read to learn from them. One that may have ended this process is only read when it is loaded,
     * and then no other is.
     */
    private List<ObjectVersion> readable(Feed feed, List<ObjectVersion> objects) {
        return objects.stream()
                .filter(object ->
                        deaths.verdict(feed.name(), object).isEmpty() && !deaths.isSuspect(feed.name(), object))
                .toList();
    }

    /** Returns the objects to load of deliveries that have a new one: where they are snapshots, all of them. */
    private static List<ObjectVersion> fresh(Feed feed, Deliveries deliveries, LedgerIndex index) {
        List<ObjectVersion> fresh = new ArrayList<>();
        for (Delivery delivery : deliveries.all()) {
            List<ObjectVersion> own = delivery.objects().stream()
                    .filter(object -> !index.contains(object))
                    .toList();
            fresh.addAll(own.isEmpty() || !feed.merge().takesMissing() ? own : delivery.objects());
        }
        return fresh;
    }

    /** Returns the objects of snapshots whose marker is older than what is loaded of another folder. */
    private Set<ObjectVersion> overtaken(Feed feed, Deliveries deliveries) {
        Set<ObjectVersion> overtaken = new HashSet<>();
        boolean isByKey = feed.objects().order() == ObjectOrder.KEY;
        warehouse.findNewest(feed, Set.of()).ifPresent(newest -> deliveries.all().stream()
                .filter(delivery -> !delivery.has(newest.key()))
                .filter(delivery -> isByKey
                        ? delivery.marker().key().compareTo(newest.key()) < 0
                        : delivery.marker().lastModified().isBefore(newest.lastModified()))
                .forEach(delivery -> overtaken.addAll(delivery.objects())));
        return overtaken;
    }

    /**
     * Returns those of the objects that newer ones from the feed's place have overtaken. One that does so only now has the
     * load begin again.
     *
     * @param names of the feeds, as they were called, that have tried some of them before
     */
    private Set<ObjectVersion> overtaken(Feed feed, Collection<ObjectVersion> objects, Set<String> names) {
        if (objects.isEmpty() || feed.merge().mode().onlyInserts()) {
            return Set.of();
        }
        ObjectOrder order = feed.objects().order();
        return warehouse.findNewest(feed, names).stream()
                .flatMap(newest -> objects.stream().filter(object -> order.compare(object, newest) < 0))
                .collect(Collectors.toSet());
    }
}
