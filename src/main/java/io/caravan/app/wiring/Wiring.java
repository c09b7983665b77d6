package io.caravan.app.wiring;

import io.caravan.app.camel.CamelRoutes;
import io.caravan.app.camel.RouteProblem;
import io.caravan.app.camel.RouteSet;
import io.caravan.app.command.Version;
import io.caravan.app.report.LoadListeners;
import io.caravan.app.settings.ElectionBy;
import io.caravan.app.settings.LineageSettings;
import io.caravan.app.settings.Settings;
import io.caravan.app.settings.StagingSettings;
import io.caravan.app.settings.WarehouseSettings;
import io.caravan.aws.S3Connections;
import io.caravan.aws.S3Settings;
import io.caravan.aws.compression.NativeCompression;
import io.caravan.base.CaravanException;
import io.caravan.kubernetes.KubernetesMembership;
import io.caravan.lineage.KnownTargets;
import io.caravan.lineage.OpenLineageSink;
import io.caravan.load.Loads;
import io.caravan.load.StagingByCopy;
import io.caravan.load.StagingChoice;
import io.caravan.load.feed.FeedLoadsFactory;
import io.caravan.load.feed.LoadSlots;
import io.caravan.load.ledger.LedgerChanges;
import io.caravan.load.ledger.LedgerIndexes;
import io.caravan.load.publish.CatalogPublisher;
import io.caravan.load.remember.RememberedCheck;
import io.caravan.load.remember.Remembering;
import io.caravan.load.staging.Leftovers;
import io.caravan.load.staging.StagingTrial;
import io.caravan.load.tally.LoadIds;
import io.caravan.model.MissingRight;
import io.caravan.model.feed.Feed;
import io.caravan.model.feed.NotificationQueue;
import io.caravan.model.feed.StoreAccess;
import io.caravan.model.status.PoolStatus;
import io.caravan.model.table.TableName;
import io.caravan.redshift.NeededGrants;
import io.caravan.redshift.RedshiftWarehouse;
import io.caravan.redshift.connection.ConnectionSettings;
import io.caravan.route.S3ObjectsComponent;
import io.caravan.route.StepBeans;
import io.caravan.route.event.EventOutbox;
import io.caravan.route.event.EventSender;
import io.caravan.route.event.FeedEvents;
import io.caravan.spi.DeadLetters;
import io.caravan.spi.Ledger;
import io.caravan.spi.LoadListener;
import io.caravan.spi.Membership;
import io.caravan.spi.Notifications;
import io.caravan.spi.ObjectStore;
import io.caravan.spi.ProcessDeaths;
import io.caravan.spi.RememberedFiles;
import io.caravan.spi.StagingArea;
import io.caravan.spi.Warehouse;
import io.caravan.spi.catalog.DataCatalog;
import io.caravan.spi.lineage.LoadSink;
import io.caravan.spi.verify.VerifySession;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** S3 and the warehouse, wired by the settings, and Camel on top of them. */
public final class Wiring implements AutoCloseable {

    private final Settings settings;
    private final ProcessDeaths deaths;
    private final SpiDecorator decorator;
    private final int poolSize;
    private final LoadSlots slots;
    private final S3Connections s3;
    private final RedshiftWarehouse warehouse;
    private final LastContacts storeContacts = LastContacts.ofStore(Clock.systemUTC());
    private final LastContacts warehouseContacts = LastContacts.ofWarehouse(Clock.systemUTC());

    /**
     * Connects to nothing yet, and remembers nothing when the process ends; for commands that do one thing at a time.
     *
     * @throws io.caravan.base.InvalidConfigurationException if no AWS region is set, or the process cannot work where it runs
     */
    public Wiring(Settings settings) {
        this(settings, 1, ProcessDeaths.NONE, SpiDecorator.NONE);
    }

    /**
     * Connects to nothing yet.
     *
     * @param feeds how many feeds share the connections
     * @param deaths which objects may have ended this process before
     * @param decorator is put around S3 and the warehouse
     * @throws io.caravan.base.InvalidConfigurationException if no AWS region is set, or the process cannot work where it runs
     */
    public Wiring(Settings settings, int feeds, ProcessDeaths deaths, SpiDecorator decorator) {
        NativeCompression.require();
        this.settings = settings;
        this.deaths = deaths;
        this.decorator = decorator;
        this.poolSize = settings.warehouse().poolSize(feeds);
        this.s3 = new S3Connections(S3Settings.standard(settings.store().pathStyle()));
        this.warehouse = warehouse(settings, poolSize);
        // One is left for what is asked beside the loads.
        this.slots = new LoadSlots(Math.max(1, poolSize - 1));
    }

    /** Returns the warehouse alone; it connects when it is asked something. */
    public static RedshiftWarehouse warehouse(Settings settings) {
        return warehouse(settings, settings.warehouse().poolSize(1));
    }

    private static RedshiftWarehouse warehouse(Settings settings, int poolSize) {
        return new RedshiftWarehouse(
                connectionSettings(settings, poolSize),
                settings.loads().deadLetterUri() != null,
                settings.loads().tellsOfLoads());
    }

    /**
     * Returns the warehouse alone, after it has answered: its pool would try for its whole time-out before it says why not.
     *
     * @throws io.caravan.base.CaravanException if it does not answer
     */
    public static RedshiftWarehouse connected(Settings settings) {
        RedshiftWarehouse warehouse = warehouse(settings);
        try {
            warehouse.probe();
            return warehouse;
        } catch (CaravanException e) {
            warehouse.close();
            throw e;
        }
    }

    /** Returns what is in buckets of Caravan's own region and account. */
    public ObjectStore objects() {
        return objects(StoreAccess.OWN);
    }

    /** Returns what is in a feed's bucket, as the feed reaches it. */
    public ObjectStore objects(Feed feed) {
        return objects(feed.access());
    }

    /** Returns what is in buckets that are reached so. */
    public ObjectStore objects(StoreAccess access) {
        return decorator.decorate(
                ObjectStore.class,
                storeContacts.watch(ObjectStore.class, s3.of(access).objects()));
    }

    /** Closes the connections to buckets that none of the feeds needs. */
    public void keepStoresOf(Collection<Feed> feeds) {
        Set<StoreAccess> used = new HashSet<>();
        settings.staging().ifPresent(staging -> used.add(staging.access()));
        feeds.forEach(feed -> used.add(feed.access()));
        s3.keepOnly(used);
    }

    public Notifications notifications(NotificationQueue queue, Feed feed) {
        return s3.own().notifications(queue, feed);
    }

    public Warehouse warehouse() {
        return decorator.decorate(Warehouse.class, warehouseContacts.watch(Warehouse.class, warehouse));
    }

    /** Returns what was last seen of S3. */
    public LastContacts storeContacts() {
        return storeContacts;
    }

    /** Returns what was last seen of the warehouse. */
    public LastContacts warehouseContacts() {
        return warehouseContacts;
    }

    /** Returns how the connections to the warehouse are, without asking it. */
    public PoolStatus pool() {
        return warehouse.pool();
    }

    public LedgerChanges ledgerChanges() {
        return new LedgerChanges(
                feed -> s3.of(feed.access()).objects(),
                warehouse,
                warehouse.ledger(),
                deadLetters(),
                Clock.systemUTC(),
                new SecureRandom());
    }

    /** Returns the ledger as people look at it; it is asked only when they do. */
    public Ledger ledger() {
        return warehouse.ledger();
    }

    public DeadLetters deadLetters() {
        return warehouse.deadLetters();
    }

    /**
     * Prepares Camel.
     *
     * @param set what the route files say
     * @param polls whether feeds poll by themselves
     */
    public CamelRoutes routes(RouteSet set, LoadListener listener, boolean polls) {
        return routes(set, listener, polls, feed -> true);
    }

    /**
     * Prepares Camel.
     *
     * @param set what the route files say
     * @param polls whether feeds poll by themselves
     * @param turns says of a feed whether it is for this process to poll it now
     */
    public CamelRoutes routes(RouteSet set, LoadListener listener, boolean polls, Predicate<Feed> turns) {
        return routes(set, listener, polls, turns, target -> {});
    }

    /**
     * Prepares Camel.
     *
     * @param firstRead is told of each target whose ledger has been read for the first time
     */
    public CamelRoutes routes(
            RouteSet set, LoadListener listener, boolean polls, Predicate<Feed> turns, Consumer<TableName> firstRead) {
        // Who listens to nothing only tries something out.
        if (!settings.loads().tellsOfLoads() || listener == LoadListener.NONE) {
            return routes(
                    set, listener, polls, turns, firstRead, settings.loads().deadLetterUri());
        }
        EventOutbox outbox = new EventOutbox(settings.loads().stateDirectory());
        KnownTargets targets = new KnownTargets();
        EventSender sender =
                new EventSender(outbox, warehouse.ledger(), settings.loads().eventsUri(), lineage(targets));
        CamelRoutes routes = routes(
                set,
                new LoadListeners(listener, targets, new FeedEvents(sender, outbox, Clock.systemUTC())),
                polls,
                turns,
                firstRead.andThen(target -> sender.wake(true)),
                settings.loads().deadLetterUri());
        // Camel starts and stops it, because of what it is.
        routes.bind("eventSender", sender);
        return routes;
    }

    private LoadSink lineage(KnownTargets targets) {
        @Nullable LineageSettings lineage = settings.loads().lineage();
        return lineage == null
                ? LoadSink.NONE
                : new OpenLineageSink(lineage.endpoint(), settings.warehouse().url(), Version.number(), targets);
    }

    /**
     * Lets Camel create the routes in a context of their own, in which none is started.
     *
     * @return the routes that it cannot create
     */
    public List<RouteProblem> tryOut(RouteSet set) {
        try (CamelRoutes routes = routes(set, LoadListener.NONE, false, feed -> true, target -> {}, null)) {
            return routes.tryOut();
        }
    }

    private CamelRoutes routes(
            RouteSet set,
            LoadListener listener,
            boolean polls,
            Predicate<Feed> turns,
            Consumer<TableName> firstRead,
            @Nullable String deadLetterUri) {
        Clock clock = Clock.systemUTC();
        SecureRandom random = new SecureRandom();
        LoadIds ids = new LoadIds(clock, random);
        LedgerIndexes ledger = new LedgerIndexes(warehouse(), settings.loads().ledgerRefresh(), clock, firstRead);
        Loads loads = new Loads(this::objects, warehouse(), ledger, staging(ids, clock), deaths, listener, clock, ids);
        FeedLoadsFactory feedLoads = new FeedLoadsFactory(warehouse(), ledger, listener, slots, clock, random);
        CamelRoutes routes = new CamelRoutes(set, settings.camel());
        routes.bind(
                "s3-objects",
                new S3ObjectsComponent(
                        this::objects,
                        loads,
                        feedLoads,
                        s3.own()::notifications,
                        polls,
                        turns,
                        settings.masks().key()));
        routes.bind("s3Client", s3.own().client());
        routes.bind("warehouse", warehouse.dataSource());
        routes.bind("load", warehouse.loadDataSource());
        new StepBeans(loads, warehouse(), deadLetters(), deadLetterUri).bind(routes::bind);
        return routes;
    }

    private StagingChoice staging(LoadIds ids, Clock clock) {
        return settings.staging()
                .<StagingChoice>map(staging -> new StagingByCopy(area(staging), remembering(staging), clock, ids))
                .orElse(StagingChoice.INSERT);
    }

    /** Returns how replicas hear of each other; empty if they do not. */
    public Optional<Membership> membership() {
        return switch (settings.service().election()) {
            case NONE -> Optional.empty();
            case WAREHOUSE -> Optional.of(warehouse.membership());
            case KUBERNETES -> Optional.of(new KubernetesMembership(Clock.systemUTC()));
        };
    }

    /** Returns what tries whether rows can be staged by COPY; empty if they are staged by INSERT. */
    public Optional<StagingTrial> stagingTrial() {
        return settings.staging()
                .map(staging ->
                        new StagingTrial(area(staging), warehouse::tryCopy, Clock.systemUTC(), new SecureRandom()));
    }

    /** Returns which rights the warehouse's user lacks that the feeds need. */
    public List<MissingRight> findMissingRights(List<Feed> feeds) {
        return warehouse.findMissingRights(feeds, settings.service().election() == ElectionBy.WAREHOUSE);
    }

    /** Returns what of the grants that feeds need the warehouse's user lacks, or all of them. */
    public List<MissingRight> findMissingGrants(List<Feed> feeds, boolean isAll) {
        return warehouse.findMissingGrants(neededGrants(settings, feeds), isAll);
    }

    /** Returns which grants feeds need. */
    public static NeededGrants neededGrants(Settings settings, List<Feed> feeds) {
        return new NeededGrants(
                feeds,
                settings.loads().deadLetterUri() != null,
                settings.loads().tellsOfLoads(),
                settings.service().election() == ElectionBy.WAREHOUSE,
                settings.staging().map(StagingSettings::iamRole).orElse(null));
    }

    /** Deletes what dead loads have left, and completes what dead processes have begun. Temporary tables go by themselves. */
    public void deleteLeftovers() {
        warehouse.completeView();
        settings.staging()
                .map(staging -> new Leftovers(area(staging), warehouse(), staging.keep(), Clock.systemUTC()))
                .ifPresent(Leftovers::delete);
    }

    private Remembering remembering(StagingSettings staging) {
        return new Remembering(rememberedFiles(staging), staging.rememberedBytes());
    }

    /** Returns what writes into a Data Catalog what feeds have loaded. */
    public CatalogPublisher publisher(DataCatalog catalog) {
        return new CatalogPublisher(catalog, this::objects, warehouse(), warehouse.ledger());
    }

    /**
     * Begins to compare a table with its objects.
     *
     * @throws io.caravan.base.CaravanException if there is no such table, or the warehouse cannot be reached
     */
    public VerifySession verification(TableName table) {
        return warehouse.verification(table);
    }

    /** Returns what compares remembered rows with their tables; empty if nothing can be remembered. */
    public Optional<RememberedCheck> rememberedCheck() {
        return settings.staging().map(staging -> new RememberedCheck(remembering(staging), warehouse()));
    }

    private RememberedFiles rememberedFiles(StagingSettings staging) {
        return decorator.decorate(
                RememberedFiles.class, s3.of(staging.access()).rememberedFiles(staging.bucket(), staging.prefix()));
    }

    private StagingArea area(StagingSettings staging) {
        return decorator.decorate(
                StagingArea.class, s3.of(staging.access()).stagingArea(staging.bucket(), staging.prefix()));
    }

    @Override
    public void close() {
        warehouse.close();
        s3.close();
    }

    private static ConnectionSettings connectionSettings(Settings settings, int poolSize) {
        WarehouseSettings connection = settings.warehouse();
        return new ConnectionSettings(
                connection.url(),
                connection.user(),
                connection.passwordSource().orElse(null),
                poolSize,
                settings.staging().map(StagingSettings::iamRole).orElse(null),
                settings.staging().map(staging -> staging.access().region()).orElse(null));
    }
}
