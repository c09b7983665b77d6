package io.caravan.load;

import static java.util.Objects.requireNonNull;

import io.caravan.base.ErrorCode;
import io.caravan.base.RetryableException;
import io.caravan.load.feed.FeedLoads;
import io.caravan.load.feed.FeedWatch;
import io.caravan.load.feed.LoadSlots;
import io.caravan.load.feed.Lookout;
import io.caravan.load.feed.ObjectSource;
import io.caravan.load.feed.Patience;
import io.caravan.load.feed.RetryPolicy;
import io.caravan.load.ledger.FailedLoads;
import io.caravan.load.ledger.Known;
import io.caravan.load.ledger.LedgerIndex;
import io.caravan.load.ledger.SameContent;
import io.caravan.load.remember.RememberedRows;
import io.caravan.load.remember.Remembering;
import io.caravan.load.replay.Replay;
import io.caravan.load.staging.CopyStaging;
import io.caravan.load.staging.DirectStaging;
import io.caravan.load.staging.InsertStaging;
import io.caravan.load.staging.StagingFactory;
import io.caravan.load.tally.LoadIds;
import io.caravan.load.target.FeedTarget;
import io.caravan.load.target.TargetTables;
import io.caravan.model.ObjectVersion;
import io.caravan.model.feed.Feed;
import io.caravan.model.feed.ObjectOrder;
import io.caravan.model.table.TableName;
import io.caravan.spi.LoadListener;
import io.caravan.spi.ObjectStore;
import io.caravan.spi.ProcessDeaths;
import io.caravan.spi.StagingArea;
import io.caravan.spi.Warehouse;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Begins loads. Safe for use by several threads. */
public final class Loads {

    private final ObjectStore store;
    private final Warehouse warehouse;
    private final TargetTables tables;
    private final @Nullable StagingArea stagingArea;
    private final @Nullable Remembering remembering;
    private final Duration ledgerRefresh;
    private final ProcessDeaths deaths;
    private final LoadListener listener;
    private final LoadSlots slots;
    private final Clock clock;
    private final RandomGenerator random;
    private final LoadIds ids;
    private final Map<TableName, LedgerIndex> indexes = new ConcurrentHashMap<>();

    /** Begins loads, any number of them at a time, of a process of which nothing is remembered when it ends. */
    public Loads(
            ObjectStore store,
            Warehouse warehouse,
            @Nullable StagingArea stagingArea,
            @Nullable Remembering remembering,
            Duration ledgerRefresh,
            LoadListener listener,
            Clock clock,
            RandomGenerator random) {
        this(
                store,
                warehouse,
                stagingArea,
                remembering,
                ledgerRefresh,
                ProcessDeaths.NONE,
                listener,
                LoadSlots.unlimited(),
                clock,
                random);
    }

    /**
     * Begins loads.
     *
     * @param stagingArea where data files wait for COPY; null to stage by INSERT
     * @param remembering what feeds remember; null if they do not
     * @param ledgerRefresh how long at most nobody looks what the ledger says, if objects give no reason to
     * @param deaths which objects may have ended this process before
     * @param slots how many loads of {@link #ofFeed} run at a time
     * @param random for the ids of loads, so one that cannot be guessed, and for delays
     */
    public Loads(
            ObjectStore store,
            Warehouse warehouse,
            @Nullable StagingArea stagingArea,
            @Nullable Remembering remembering,
            Duration ledgerRefresh,
            ProcessDeaths deaths,
            LoadListener listener,
            LoadSlots slots,
            Clock clock,
            RandomGenerator random) {
        this.store = requireNonNull(store, "store");
        this.warehouse = requireNonNull(warehouse, "warehouse");
        this.tables = new TargetTables(store, warehouse);
        this.stagingArea = stagingArea;
        this.remembering = remembering;
        this.ledgerRefresh = requireNonNull(ledgerRefresh, "ledgerRefresh");
        this.deaths = requireNonNull(deaths, "deaths");
        this.listener = requireNonNull(listener, "listener");
        this.slots = requireNonNull(slots, "slots");
        this.clock = requireNonNull(clock, "clock");
        this.random = requireNonNull(random, "random");
        this.ids = new LoadIds(clock, random);
    }

    /** Returns which objects may have ended this process before. */
    public ProcessDeaths deaths() {
        return deaths;
    }

    /**
     * Returns whether the version is the one last dealt with under its key, as far as is known since the last look.
     *
     * @throws io.caravan.base.RetryableException if the ledger has never been read, and cannot be
     */
    public Known find(TableName target, ObjectVersion object) {
        return index(target).find(object);
    }

    /**
     * Returns those of the objects that are new, of such as were stored again; with one query.
     *
     * @throws io.caravan.base.RetryableException if the ledger cannot be read
     */
    public List<ObjectVersion> findNew(TableName target, List<ObjectVersion> storedAgain) {
        return index(target).findNew(storedAgain);
    }

    /**
     * Looks what the ledger says by now, unless that was done lately: somebody may want objects loaded again that are done.
     * What other processes have loaded shows without that: it is asked for before each load, and of objects that were stored
     * again.
     */
    public void look(TableName target) {
        index(target).refreshIfOlderThan(ledgerRefresh);
    }

    /** Tells of a feed's target that holds no row although the ledger has loaded objects of it; looks once. */
    public void tellOfLostRows(Feed feed) {
        LedgerIndex index = index(feed.target());
        if (index.hasEntries()) {
            index.lostRows().lookOnce(warehouse, feed);
        }
    }

    /**
     * Returns the loads of one feed.
     *
     * @param watch how the feed learns of new objects
     * @param patience how to wait between tries
     */
    public FeedLoads ofFeed(
            String feed,
            TableName target,
            FeedWatch watch,
            ObjectSource source,
            RetryPolicy policy,
            Patience patience) {
        FailedLoads failedLoads = new FailedLoads(warehouse, index(target), ids, clock, feed, target);
        Lookout lookout = new Lookout(feed, watch, listener, patience, clock);
        return new FeedLoads(feed, lookout, source, failedLoads, policy, listener, patience, slots, clock, random);
    }

    /**
     * Looks whether a feed's target is there and fits the feed, or is to be created.
     *
     * @throws io.caravan.base.InvalidConfigurationException if not
     */
    public void verify(Feed feed) {
        tables.find(feed).ifPresent(table -> new FeedTarget(feed, table).columnPlan());
    }

    /**
     * Begins a load of those objects that the ledger does not know yet.
     *
     * @param objects oldest first
     * @param waiting all that wait, of which these are some: they say together what a target is that is still to be created
     * @return the load, or empty if another has been faster with all of them
     * @throws io.caravan.base.InvalidConfigurationException if the target does not fit the feed
     * @throws io.caravan.base.RetryableException if the warehouse cannot be reached or fails; or if the target is still to be
     *     created, and no object holds a row
     */
    public Optional<Load> begin(Feed feed, List<ObjectVersion> objects, List<ObjectVersion> waiting) {
        boolean isSuspect = objects.stream().anyMatch(object -> deaths.isSuspect(feed.name(), object));
        FeedTarget target = new FeedTarget(
                feed,
                tables.find(
                        feed,
                        isSuspect ? objects : readable(feed, objects),
                        isSuspect ? objects : readable(feed, waiting)));
        LedgerIndex index = index(feed.target());
        index.prepare();
        long position = index.refresh();
        List<ObjectVersion> fresh =
                objects.stream().filter(object -> !index.contains(object)).toList();
        if (fresh.isEmpty()) {
            return Optional.empty();
        }
        String id = ids.next();
        Map<ObjectVersion, String> triedAgain = new HashMap<>();
        fresh.forEach(object -> index.triedAgainBy(object).ifPresent(name -> triedAgain.put(object, name)));
        boolean isByKey = feed.objects().order() == ObjectOrder.KEY;
        Set<ObjectVersion> overtaken =
                overtaken(feed, isByKey ? fresh : triedAgain.keySet(), Set.copyOf(triedAgain.values()));
        Set<ObjectVersion> apart = new HashSet<>(triedAgain.keySet());
        apart.addAll(overtaken);
        SameContent sameContent = new SameContent(feed, warehouse, index, fresh);
        @Nullable RememberedRows remembered = overtaken.isEmpty() ? remembered(feed, id) : null;
        LoadTransaction transaction =
                new LoadTransaction(warehouse, feed, id, position, index, clock, null, remembered, sameContent);
        return Optional.of(tell(new Load(
                id,
                feed,
                target,
                tables,
                fresh,
                apart,
                overtaken,
                sameContent.reader(store),
                sameContent,
                null,
                staging(id, feed),
                direct(feed),
                transaction,
                object -> deaths.verdict(feed.name(), object),
                listener,
                clock,
                remembered)));
    }

    /**
     * Begins a load of dead letters.
     *
     * @param feed the feed that rejected them
     * @throws io.caravan.base.InvalidConfigurationException if the target does not fit the feed
     * @throws io.caravan.base.RetryableException if the warehouse cannot be reached or fails, or the dead letters are those of
     *     a snapshot and a newer one has been loaded
     */
    public Load begin(Feed feed, Replay replay) {
        Feed again = feed.forReplay();
        TargetTables targets = new TargetTables(replay, warehouse);
        FeedTarget target = new FeedTarget(again, targets.find(again, replay.objects(), replay.objects()));
        LedgerIndex index = index(feed.target());
        index.prepare();
        long position = index.refresh();
        replay.requireNewest();
        Set<ObjectVersion> overtaken = replay.overwrites() ? Set.of() : overtaken(again, replay.objects(), Set.of());
        String id = ids.next();
        return tell(new Load(
                id,
                again,
                target,
                targets,
                replay.objects(),
                Set.of(),
                overtaken,
                replay,
                null,
                replay,
                staging(id, feed),
                null,
                new LoadTransaction(warehouse, again, id, position, index, clock, replay, null, null),
                object -> Optional.empty(),
                listener,
                clock,
                null));
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

    /** Returns null for a feed that does not remember rows. */
    private @Nullable RememberedRows remembered(Feed feed, String loadId) {
        return feed.merge().remembersRows()
                ? requireNonNull(remembering, "a feed that remembers rows needs COPY")
                        .rows(feed, loadId)
                : null;
    }

    private Load tell(Load load) {
        listener.loadStarted(
                load.feed().name(),
                load.id(),
                load.objects().size(),
                load.objects().stream().mapToLong(ObjectVersion::sizeBytes).sum());
        return load;
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

    /** Feeds of one target share what is known of its ledger. */
    private LedgerIndex index(TableName target) {
        return indexes.computeIfAbsent(target, name -> new LedgerIndex(warehouse, name, clock));
    }

    private @Nullable DirectStaging direct(Feed feed) {
        return feed.stagesDirectly() ? new DirectStaging(feed, store, clock, nullMarker()) : null;
    }

    private String nullMarker() {
        return "@" + ids.randomText() + "@";
    }

    private StagingFactory staging(String id, Feed feed) {
        return stagingArea == null
                ? (session, plan) -> new InsertStaging(session)
                : (session, plan) -> new CopyStaging(
                        session,
                        plan,
                        stagingArea,
                        id,
                        nullMarker(),
                        feed.limits().maxRejectedRows(),
                        !feed.stagesDirectly(),
                        clock,
                        Loads::pause);
    }

    private static void pause(Duration time) {
        try {
            Thread.sleep(time.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new RetryableException(
                    ErrorCode.WAREHOUSE_REFUSED_ROWS, "The load ends before the view of load errors shows all rows", e);
        }
    }
}
