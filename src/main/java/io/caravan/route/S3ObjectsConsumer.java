package io.caravan.route;

import io.caravan.base.CaravanException;
import io.caravan.load.FeedLoads;
import io.caravan.load.Load;
import io.caravan.load.LoadResult;
import io.caravan.load.ObjectSource;
import io.caravan.load.Replay;
import io.caravan.model.FeedStatus;
import io.caravan.model.ObjectVersion;
import io.caravan.model.TableName;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
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
    private final StopSignal stopSignal = new StopSignal();
    private volatile @Nullable FeedLoads feedLoads;

    /** Held while a group is under way. */
    private final Semaphore underWay = new Semaphore(1);

    S3ObjectsConsumer(S3ObjectsEndpoint endpoint, Processor processor, IdempotentRepository repository) {
        super(endpoint, processor);
        this.endpoint = endpoint;
        this.repository = repository;
    }

    @Override
    protected int poll() {
        if (!endpoint.isTurnOf(getRouteId())) {
            return 0;
        }
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

    /** Begins nothing more, and waits for what is under way to end. */
    public void finish() throws InterruptedException {
        stopSignal.give();
        underWay.acquire();
        underWay.release();
    }

    private FeedLoads feedLoads() {
        FeedLoads started = feedLoads;
        if (started == null) {
            throw new IllegalStateException("the route " + getRouteId() + " has not started");
        }
        return started;
    }

    private List<ObjectVersion> findNew() {
        if (repository instanceof LedgerRepository ledger) {
            ledger.look(endpoint.getIdempotentScope());
        }
        List<ObjectVersion> found = new ArrayList<>();
        endpoint.store().list(endpoint.getBucket(), endpoint.getPrefix(), object -> {
            if (!repository.contains(id(object))) {
                found.add(object);
            }
        });
        found.sort(ObjectVersion.OLDEST_FIRST);
        return found;
    }

    private LoadResult handOver(List<ObjectVersion> objects, Consumer<Exchange> prepare) {
        underWay.acquireUninterruptibly();
        Exchange exchange = createExchange(false);
        try {
            prepare.accept(exchange);
            return load(objects, exchange);
        } catch (Exception | Error e) {
            return LoadResult.failed(Failures.known(e));
        } finally {
            releaseExchange(exchange, false);
            underWay.release();
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
        stopSignal.takeBack();
        // The route's id is the feed's name, and known only now.
        feedLoads = endpoint.loads()
                .ofFeed(
                        getRouteId(),
                        TableName.parse(endpoint.getIdempotentScope()),
                        new Source(),
                        endpoint.retryPolicy(),
                        stopSignal);
        super.doStart();
    }

    @Override
    protected void doResume() throws Exception {
        stopSignal.takeBack();
        super.doResume();
    }

    /** Camel suspends a consumer before it stops it: what is under way ends, what waits between two tries does so at once. */
    @Override
    protected void doSuspend() throws Exception {
        stopSignal.give();
        super.doSuspend();
    }

    @Override
    protected void doStop() throws Exception {
        stopSignal.give();
        super.doStop();
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

        @Override
        public List<ObjectVersion> findNew() {
            try {
                return S3ObjectsConsumer.this.findNew();
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
