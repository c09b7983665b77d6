package io.caravan.route;

import io.caravan.base.CaravanException;
import io.caravan.base.ErrorCode;
import io.caravan.load.Replay;
import io.caravan.model.ObjectVersion;
import java.util.ArrayList;
import java.util.List;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.ShutdownRunningTask;
import org.apache.camel.spi.IdempotentRepository;
import org.apache.camel.spi.ShutdownAware;
import org.apache.camel.support.ScheduledPollConsumer;

/**
 * Hands every new object version under a prefix to the route: oldest first, one group after another, each only when the one
 * before is done. While a group is under way new objects gather, and are the next poll's.
 */
public final class S3ObjectsConsumer extends ScheduledPollConsumer implements ShutdownAware {

    /**
     * Exchange property by which the route says which {@link ObjectVersion}s of the group it has dealt with, as a list. If it
     * says nothing, all are done.
     */
    public static final String DONE = "CaravanDone";

    /** How often a pass starts again because another load was faster, before that counts as a failure. */
    private static final int MAX_OVERTAKEN = 5;

    private final S3ObjectsEndpoint endpoint;
    private final IdempotentRepository repository;
    private volatile boolean underWay;

    S3ObjectsConsumer(S3ObjectsEndpoint endpoint, Processor processor, IdempotentRepository repository) {
        super(endpoint, processor);
        this.endpoint = endpoint;
        this.repository = repository;
    }

    @Override
    protected int poll() throws Exception {
        return pass();
    }

    /**
     * Hands over all that is new, until nothing new is left. Does nothing more after a failure, so that no object overtakes
     * one before it.
     *
     * @return how many object versions were handed over
     * @throws Exception what the listing or the route threw
     */
    public int pass() throws Exception {
        int handedOver = 0;
        int overtaken = 0;
        boolean more = true;
        while (more && isRunAllowed()) {
            try {
                List<ObjectVersion> fresh = findNew();
                handedOver += fresh.size();
                more = process(fresh);
            } catch (Exception e) {
                CaravanException reason = Failures.find(e);
                if (reason == null || reason.code() != ErrorCode.LEDGER_MOVED || ++overtaken > MAX_OVERTAKEN) {
                    throw e;
                }
            }
        }
        return handedOver;
    }

    /**
     * Hands over dead letters in place of the objects that they come from.
     *
     * @return how many of the replay's objects the route has dealt with; the others are left to a later replay
     * @throws Exception what the route threw
     */
    public int replay(Replay replay) throws Exception {
        Exchange exchange = createExchange(false);
        LoadExchange.setReplay(exchange, replay);
        return process(replay.objects(), exchange);
    }

    private List<ObjectVersion> findNew() {
        if (repository instanceof LedgerRepository ledger) {
            ledger.look(endpoint.getIdempotentScope());
        }
        List<ObjectVersion> fresh = new ArrayList<>();
        endpoint.store().list(endpoint.getBucket(), endpoint.getPrefix(), object -> {
            if (!repository.contains(id(object))) {
                fresh.add(object);
            }
        });
        fresh.sort(ObjectVersion.OLDEST_FIRST);
        return fresh;
    }

    /** Returns whether some were left to a later load although others went through, so that it is worth to look again. */
    private boolean process(List<ObjectVersion> objects) throws Exception {
        for (List<ObjectVersion> group :
                ObjectGroups.cut(objects, endpoint.getMaxObjectsPerLoad(), endpoint.getMaxBytesPerLoad())) {
            if (!isRunAllowed()) {
                return false;
            }
            int done = process(group, createExchange(false));
            if (done < group.size()) {
                // What was left is older than what follows, and goes first.
                return done > 0;
            }
        }
        return false;
    }

    /** Returns how many of the group are done. */
    private int process(List<ObjectVersion> group, Exchange exchange) throws Exception {
        underWay = true;
        try {
            exchange.getMessage().setBody(group);
            getProcessor().process(exchange);
            if (exchange.getException() != null) {
                throw exchange.getException();
            }
            List<?> done = exchange.getProperty(DONE, group, List.class);
            for (Object object : done) {
                String id = id((ObjectVersion) object);
                repository.add(id);
                repository.confirm(id);
            }
            return done.size();
        } finally {
            releaseExchange(exchange, false);
            underWay = false;
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

    private String id(ObjectVersion object) {
        return ObjectId.of(endpoint.getIdempotentScope(), object).text();
    }
}
