package io.caravan.route;

import io.caravan.base.CaravanException;
import io.caravan.load.FeedPreviews;
import io.caravan.load.Load;
import io.caravan.load.RepeatedLoad;
import io.caravan.load.TableVerifier;
import io.caravan.load.feed.FeedLoads;
import io.caravan.load.feed.Found;
import io.caravan.load.feed.ObjectSource;
import io.caravan.load.feed.Scope;
import io.caravan.load.preview.FeedPreview;
import io.caravan.load.preview.PreviewWish;
import io.caravan.load.replay.Replay;
import io.caravan.load.tally.LoadResult;
import io.caravan.load.tidy.FeedTidying;
import io.caravan.load.verify.FeedsOfTable;
import io.caravan.model.Deliveries;
import io.caravan.model.Delivery;
import io.caravan.model.ObjectVersion;
import io.caravan.model.feed.Feed;
import io.caravan.model.status.FeedStatus;
import io.caravan.model.status.IncompleteFolder;
import io.caravan.route.poll.StopSignal;
import io.caravan.spi.DeadLetters;
import io.caravan.spi.LoadListener;
import io.caravan.spi.Notifications;
import io.caravan.spi.ObjectStore;
import io.caravan.spi.ProcessDeaths;
import io.caravan.spi.verify.VerifySession;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.ShutdownRunningTask;
import org.apache.camel.spi.IdempotentRepository;
import org.apache.camel.spi.InflightRepository;
import org.apache.camel.spi.ReactiveExecutor;
import org.apache.camel.spi.ShutdownAware;
import org.apache.camel.support.ScheduledPollConsumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/**
 * Hands every new object version under a prefix to the route: oldest first, one group after another, each only when the one
 * before is done. While a group is under way new objects gather, and are the next poll's. What becomes of a group that fails
 * is {@link FeedLoads}'s to say.
 */
public final class S3ObjectsConsumer extends ScheduledPollConsumer implements ShutdownAware {

    private static final Logger log = LoggerFactory.getLogger(S3ObjectsConsumer.class);

    private final S3ObjectsEndpoint endpoint;
    private final IdempotentRepository repository;
    private final StopSignal stopSignal = new StopSignal();
    private volatile @Nullable ConsumedFeed consumed;
    private volatile @Nullable FeedLoads feedLoads;
    private volatile @Nullable FeedTidying tidying;

    /** Held while a group is under way. */
    private final Semaphore underWay = new Semaphore(1);

    private volatile boolean pollingEnded;

    S3ObjectsConsumer(S3ObjectsEndpoint endpoint, Processor processor, IdempotentRepository repository) {
        super(endpoint, processor);
        this.endpoint = endpoint;
        this.repository = repository;
    }

    @Override
    protected int poll() {
        if (!endpoint.isTurnOf(feed())) {
            return 0;
        }
        MDC.put(FeedBean.MDC_FEED, getRouteId());
        try {
            return feedLoads().poll();
        } finally {
            tidying().tidy();
            MDC.remove(FeedBean.MDC_FEED);
        }
    }

    /**
     * Hands over all that is new, until nothing new is left. Does nothing more after a failure that is not one object's, so
     * that no object overtakes one before it.
     *
     * @return how many object versions were handed over
     * @throws CaravanException what the listing or the route threw, if tries did not help
     */
    public int pass() {
        MDC.put(FeedBean.MDC_FEED, getRouteId());
        try {
            return feedLoads().pass();
        } finally {
            tidying().tidy();
            MDC.remove(FeedBean.MDC_FEED);
        }
    }

    /** Hands over dead letters in place of the objects that they come from, in one try; throws nothing. */
    public LoadResult replay(Replay replay) {
        return handOver(replay.objects(), exchange -> LoadExchange.setReplay(exchange, replay));
    }

    /**
     * Hands over what is new, or what else is wished, for a preview: nothing of it loads, no load waits for it, and it may be asked
     * for while loads are under way. For any thread; throws nothing.
     */
    public FeedPreview preview(PreviewWish wish) {
        return new PreviewPass(previews(wish), endpoint.stores().of(feed()), feed(), repository)
                .run(this::handOverBeside);
    }

    /** Prepares to preview replays. */
    public FeedPreviews previews(PreviewWish wish) {
        return endpoint.loads().previews(wish);
    }

    /** Likewise, of dead letters in place of the objects that they come from. */
    public LoadResult preview(Replay replay, FeedPreviews previews) {
        return handOverBeside(replay.objects(), exchange -> {
            LoadExchange.setReplay(exchange, replay);
            LoadExchange.setTrial(exchange, previews);
        });
    }

    /** Prepares to compare the feed's table with the objects that were loaded into it. */
    public TableVerifier verifier(
            VerifySession session,
            FeedsOfTable feeds,
            DeadLetters letters,
            LoadListener listener,
            TableVerifier.Route route) {
        return endpoint.loads().verifier(session, feeds, letters, listener, route);
    }

    /** Hands over objects that were loaded before, to repeat that; nothing else loads or waits for it. Throws nothing. */
    public LoadResult repeat(List<ObjectVersion> objects, Deliveries deliveries, RepeatedLoad past) {
        return handOverBeside(objects, exchange -> {
            LoadExchange.setWaiting(exchange, objects, deliveries);
            LoadExchange.setTrial(exchange, past);
        });
    }

    /** Likewise, dead letters that were replayed before. */
    public LoadResult repeat(Replay replay, RepeatedLoad past) {
        return handOverBeside(replay.objects(), exchange -> {
            LoadExchange.setReplay(exchange, replay);
            LoadExchange.setTrial(exchange, past);
        });
    }

    /** Returns how the feed gets on; empty if its route has never been started. */
    public Optional<FeedStatus> findStatus() {
        if (consumed == null) {
            return Optional.empty();
        }
        return endpoint.isTurnOf(feed())
                ? Optional.ofNullable(feedLoads).map(FeedLoads::status)
                : Optional.of(FeedStatus.standby(getRouteId()));
    }

    /** Returns how the feed gets on. */
    public FeedStatus status() {
        return feedLoads().status();
    }

    /** Begins nothing more, and waits for what is under way to end. */
    public void finish() throws InterruptedException {
        stopSignal.give();
        underWay.acquire();
        underWay.release();
    }

    /** Returns whether polling has ended by an error: Camel polls no more then, and says nothing. */
    public boolean isPollingDead() {
        return pollingEnded;
    }

    /**
     * Asks the store for one object of the feed, to see whether it can be reached.
     *
     * @throws CaravanException if it cannot, or may not be listed
     */
    public void probe() {
        ObjectStore store = endpoint.stores().of(feed());
        feed().prefixes().forEach(prefix -> store.probe(feed().bucket(), prefix));
    }

    /**
     * Returns objects that were found and wait, the oldest first.
     *
     * @param limit how many at most
     */
    public List<ObjectVersion> waiting(Predicate<ObjectVersion> wanted, int limit) {
        FeedLoads started = feedLoads;
        return started == null ? List.of() : started.waiting(wanted, limit);
    }

    /** Returns whether the ledger knows a key, as of the last look; empty if nobody has looked yet. */
    public Optional<Boolean> isKnown(String key) {
        return endpoint.loads().ledger().isKnown(feed().target(), feed().bucket(), key);
    }

    /** Returns the feed. */
    public Feed feed() {
        return consumed().feed();
    }

    private ConsumedFeed consumed() {
        ConsumedFeed made = consumed;
        if (made == null) {
            throw new IllegalStateException("the route " + getRouteId() + " is not made yet");
        }
        return made;
    }

    @Override
    public void run() {
        boolean ends = true;
        try {
            super.run();
            ends = false;
        } finally {
            // The scheduler drops a task that throws.
            if (ends) {
                pollingEnded = true;
                log.error(
                        "Feed {} is polled no more, because of an error that nothing expects: restart the process",
                        getRouteId());
            }
        }
    }

    private FeedLoads feedLoads() {
        FeedLoads started = feedLoads;
        if (started == null) {
            throw new IllegalStateException("the route " + getRouteId() + " has not started");
        }
        return started;
    }

    private FeedTidying tidying() {
        FeedTidying started = tidying;
        if (started == null) {
            throw new IllegalStateException("the route " + getRouteId() + " has not started");
        }
        return started;
    }

    private LoadResult handOver(List<ObjectVersion> objects, Consumer<Exchange> prepare) {
        underWay.acquireUninterruptibly();
        try {
            return handOverBeside(objects, prepare);
        } finally {
            underWay.release();
        }
    }

    /** Whatever else is under way. */
    private LoadResult handOverBeside(List<ObjectVersion> objects, Consumer<Exchange> prepare) {
        Exchange exchange = createExchange(false);
        int others = inflight().size(getRouteId());
        try {
            LoadExchange.setFeed(exchange, feed());
            prepare.accept(exchange);
            return load(objects, exchange);
        } catch (Exception | Error e) {
            end(exchange, e, others);
            return LoadResult.failed(CamelFailures.known(e));
        } finally {
            releaseExchange(exchange, false);
        }
    }

    /** An error comes past Camel, which then ends the exchange, and with it the load, with the next one or never. */
    private void end(Exchange exchange, Throwable failure, int othersInflight) {
        exchange.setException(failure);
        ReactiveExecutor executor =
                endpoint.getCamelContext().getCamelContextExtension().getReactiveExecutor();
        boolean isWork = true;
        while (isWork) {
            isWork = executor.executeFromQueue();
        }
        if (inflight().size(getRouteId()) > othersInflight) {
            exchange.getUnitOfWork().done(exchange);
            inflight().remove(exchange, getRouteId());
        }
    }

    private InflightRepository inflight() {
        return endpoint.getCamelContext().getInflightRepository();
    }

    private LoadResult load(List<ObjectVersion> group, Exchange exchange) throws Exception {
        exchange.getMessage().setBody(group);
        getProcessor().process(exchange);
        @Nullable Load load = LoadExchange.find(exchange);
        if (exchange.getException() != null) {
            CaravanException failure = CamelFailures.known(exchange.getException());
            return load == null ? LoadResult.failed(failure) : load.result(failure);
        }
        LoadResult result = load == null ? LoadResult.done(group) : load.result(null);
        if (LoadExchange.trial(exchange).isEmpty()) {
            consumed().objects().confirm(result.done());
            if (result.committed() != null) {
                tidying().loaded();
            }
        }
        return result;
    }

    /** The route's id is the feed's name, and known only now. */
    @Override
    protected void doInit() throws Exception {
        ConsumedFeed made = ConsumedFeed.of(endpoint, getRouteId(), repository);
        setDelay(made.pollDelay().toMillis());
        consumed = made;
        super.doInit();
    }

    @Override
    protected void doStart() throws Exception {
        allow();
        pollingEnded = false;
        feedLoads = endpoint.feedLoads()
                .of(
                        getRouteId(),
                        feed().target(),
                        consumed().watch(),
                        new Source(),
                        consumed().pace().retries(),
                        stopSignal);
        tidying = endpoint.loads().tidying(feed(), stopSignal);
        super.doStart();
    }

    @Override
    protected void doResume() throws Exception {
        allow();
        super.doResume();
    }

    /** Camel suspends a consumer before it stops it: what is under way ends, what waits does so at once. */
    @Override
    protected void doSuspend() throws Exception {
        forbid();
        super.doSuspend();
    }

    @Override
    protected void doStop() throws Exception {
        forbid();
        super.doStop();
    }

    private void allow() {
        stopSignal.takeBack();
        Notifications notifications = consumed().notifications();
        if (notifications != null) {
            notifications.open();
        }
    }

    private void forbid() {
        stopSignal.give();
        ConsumedFeed made = consumed;
        Notifications notifications = made == null ? null : made.notifications();
        if (notifications != null) {
            notifications.close();
        }
    }

    @Override
    public boolean deferShutdown(ShutdownRunningTask task) {
        return false;
    }

    /** Camel itself counts an exchange only until its last step: what its load holds is given back after that. */
    @Override
    public int getPendingExchangesSize() {
        return 1 - underWay.availablePermits();
    }

    @Override
    public void prepareShutdown(boolean suspendOnly, boolean forced) {}

    private final class Source implements ObjectSource {

        /** For a target that is still to be created. */
        private List<ObjectVersion> waiting = List.of();

        @Override
        public Found findNew(Scope scope) {
            Found found = list(() -> consumed().objects().find(scope));
            waiting = consumed().objects().standingFor(found.fresh());
            endpoint.loads().ledger().tellOfLostRows(feed());
            return found;
        }

        @Override
        public void verify() {
            Notifications notifications = consumed().notifications();
            if (notifications != null) {
                notifications.probe();
            }
            endpoint.loads().verify(feed());
        }

        @Override
        public List<ObjectVersion> findKnownNew() {
            return list(consumed().objects()::findKnown);
        }

        @Override
        public @Nullable Instant newestListed() {
            return consumed().objects().newestListed();
        }

        @Override
        public List<IncompleteFolder> incomplete() {
            return consumed().objects().incomplete();
        }

        private <T> T list(Supplier<T> listing) {
            try {
                return listing.get();
            } catch (Exception | Error e) {
                // Camel never again polls a consumer that threw an error.
                throw CamelFailures.known(e);
            }
        }

        @Override
        public List<List<ObjectVersion>> cut(List<ObjectVersion> objects) {
            return consumed().objects().cut(objects, one -> deaths().isSuspect(getRouteId(), one));
        }

        @Override
        public LoadResult load(List<ObjectVersion> objects) {
            if (!consumed().objects().areDeliveries()) {
                return load(objects, Deliveries.NONE);
            }
            List<Delivery> deliveries = consumed().objects().deliveries(objects);
            List<ObjectVersion> all = consumed().objects().standingFor(objects);
            return load(all, new Deliveries(deliveries)).ofDeliveries(deliveries);
        }

        private LoadResult load(List<ObjectVersion> objects, Deliveries deliveries) {
            ProcessDeaths deaths = deaths();
            LoadResult result = deaths.during(
                    getRouteId(),
                    objects,
                    () -> handOver(objects, exchange -> LoadExchange.setWaiting(exchange, waiting, deliveries)));
            deaths.forget(getRouteId(), result.done());
            return result;
        }

        private ProcessDeaths deaths() {
            return endpoint.loads().deaths();
        }
    }
}
