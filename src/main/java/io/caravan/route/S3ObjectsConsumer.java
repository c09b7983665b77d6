package io.caravan.route;

import io.caravan.base.CaravanException;
import io.caravan.load.FeedLoads;
import io.caravan.load.Found;
import io.caravan.load.Load;
import io.caravan.load.LoadResult;
import io.caravan.load.ObjectSource;
import io.caravan.load.Replay;
import io.caravan.load.Scope;
import io.caravan.model.FeedStatus;
import io.caravan.model.ObjectVersion;
import io.caravan.model.TableName;
import io.caravan.spi.Notifications;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.ShutdownRunningTask;
import org.apache.camel.spi.IdempotentRepository;
import org.apache.camel.spi.ShutdownAware;
import org.apache.camel.support.ScheduledPollConsumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/**
 * Hands every new object version under a prefix to the route: oldest first, one group after another, each only when the one
 * before is done. While a group is under way new objects gather, and are the next poll's. What becomes of a group that fails
 * is {@link FeedLoads}'s to say.
 */
public final class S3ObjectsConsumer extends ScheduledPollConsumer implements ShutdownAware {

    private final S3ObjectsEndpoint endpoint;
    private final IdempotentRepository repository;
    private final @Nullable Notifications notifications;
    private final StopSignal stopSignal = new StopSignal();
    private volatile @Nullable FeedLoads feedLoads;
    private volatile boolean underWay;

    S3ObjectsConsumer(
            S3ObjectsEndpoint endpoint,
            Processor processor,
            IdempotentRepository repository,
            @Nullable Notifications notifications) {
        super(endpoint, processor);
        this.endpoint = endpoint;
        this.repository = repository;
        this.notifications = notifications;
    }

    @Override
    protected int poll() {
        MDC.put(FeedBean.MDC_FEED, getRouteId());
        try {
            return feedLoads().poll();
        } finally {
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
            MDC.remove(FeedBean.MDC_FEED);
        }
    }

    /** Hands over dead letters in place of the objects that they come from, in one try; throws nothing. */
    public LoadResult replay(Replay replay) {
        return handOver(replay.objects(), exchange -> LoadExchange.setReplay(exchange, replay));
    }

    /** Returns how the feed gets on. */
    public FeedStatus status() {
        return feedLoads().status();
    }

    private FeedLoads feedLoads() {
        FeedLoads started = feedLoads;
        if (started == null) {
            throw new IllegalStateException("the route " + getRouteId() + " has not started");
        }
        return started;
    }

    private Found findNew(Scope scope) {
        if (repository instanceof LedgerRepository ledger) {
            ledger.look(endpoint.getIdempotentScope());
        }
        List<ObjectVersion> fresh = new ArrayList<>();
        LongAdder listed = new LongAdder();
        for (String prefix : scope.prefixes()) {
            endpoint.store().list(endpoint.getBucket(), prefix, object -> {
                listed.increment();
                if (!repository.contains(id(object))) {
                    fresh.add(object);
                }
            });
        }
        fresh.sort(ObjectVersion.OLDEST_FIRST);
        return new Found(fresh, listed.sum());
    }

    private LoadResult handOver(List<ObjectVersion> objects, Consumer<Exchange> prepare) {
        underWay = true;
        Exchange exchange = createExchange(false);
        try {
            prepare.accept(exchange);
            return load(objects, exchange);
        } catch (Exception | Error e) {
            return LoadResult.failed(Failures.known(e));
        } finally {
            releaseExchange(exchange, false);
            underWay = false;
        }
    }

    private LoadResult load(List<ObjectVersion> group, Exchange exchange) throws Exception {
        exchange.getMessage().setBody(group);
        getProcessor().process(exchange);
        @Nullable Load load = LoadExchange.find(exchange);
        if (exchange.getException() != null) {
            CaravanException failure = Failures.known(exchange.getException());
            return load == null ? LoadResult.failed(failure) : load.result(failure);
        }
        LoadResult result = load == null ? LoadResult.done(group) : load.result(null);
        for (ObjectVersion object : result.done()) {
            repository.add(id(object));
            repository.confirm(id(object));
        }
        return result;
    }

    private String id(ObjectVersion object) {
        return ObjectId.of(endpoint.getIdempotentScope(), object).text();
    }

    @Override
    protected void doStart() throws Exception {
        allow();
        // The route's id is the feed's name, and known only now.
        feedLoads = endpoint.loads()
                .ofFeed(
                        getRouteId(),
                        TableName.parse(endpoint.getIdempotentScope()),
                        endpoint.watch(notifications),
                        new Source(),
                        endpoint.retryPolicy(),
                        stopSignal);
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
        if (notifications != null) {
            notifications.open();
        }
    }

    private void forbid() {
        stopSignal.give();
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
        return underWay ? 1 : 0;
    }

    @Override
    public void prepareShutdown(boolean suspendOnly, boolean forced) {}

    private final class Source implements ObjectSource {

        @Override
        public Found findNew(Scope scope) {
            try {
                return S3ObjectsConsumer.this.findNew(scope);
            } catch (Exception | Error e) {
                // Camel never again polls a consumer that threw an error.
                throw Failures.known(e);
            }
        }

        @Override
        public List<List<ObjectVersion>> cut(List<ObjectVersion> objects) {
            return ObjectGroups.cut(objects, endpoint.getMaxObjectsPerLoad(), endpoint.getMaxBytesPerLoad());
        }

        @Override
        public LoadResult load(List<ObjectVersion> objects) {
            return handOver(objects, exchange -> {});
        }
    }
}
