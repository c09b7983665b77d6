package io.caravan.route;

import io.caravan.load.Loads;
import io.caravan.load.feed.FeedLoadsFactory;
import io.caravan.model.feed.Feed;
import io.caravan.model.mask.MaskKey;
import io.caravan.route.poll.PollThreads;
import io.caravan.spi.NotificationQueues;
import io.caravan.spi.ObjectStores;
import java.util.Map;
import java.util.function.Predicate;
import org.apache.camel.Endpoint;
import org.apache.camel.support.DefaultComponent;
import org.jspecify.annotations.Nullable;

/**
 * {@code s3-objects:bucket}: consumes the new object versions under a prefix, however many there are, as groups that are
 * each one load.
 */
public final class S3ObjectsComponent extends DefaultComponent {

    private final ObjectStores stores;
    private final Loads loads;
    private final FeedLoadsFactory feedLoads;
    private final NotificationQueues queues;
    private final boolean polls;
    private final Predicate<Feed> turns;
    private final @Nullable MaskKey maskKey;
    private final PollThreads pollThreads = new PollThreads();

    /**
     * Makes the component.
     *
     * @param polls whether consumers poll by themselves; otherwise somebody calls {@link S3ObjectsConsumer#pass}
     * @param turns says of a feed whether it is for this process to poll it now
     * @param maskKey the key of hashes that stand for values; null if there is none
     */
    public S3ObjectsComponent(
            ObjectStores stores,
            Loads loads,
            FeedLoadsFactory feedLoads,
            NotificationQueues queues,
            boolean polls,
            Predicate<Feed> turns,
            @Nullable MaskKey maskKey) {
        this.maskKey = maskKey;
        this.stores = stores;
        this.loads = loads;
        this.feedLoads = feedLoads;
        this.queues = queues;
        this.polls = polls;
        this.turns = turns;
    }

    @Nullable
    MaskKey maskKey() {
        return maskKey;
    }

    boolean isTurnOf(Feed feed) {
        return turns.test(feed);
    }

    PollThreads pollThreads() {
        return pollThreads;
    }

    ObjectStores stores() {
        return stores;
    }

    Loads loads() {
        return loads;
    }

    FeedLoadsFactory feedLoads() {
        return feedLoads;
    }

    NotificationQueues queues() {
        return queues;
    }

    @Override
    protected void doShutdown() throws Exception {
        pollThreads.close();
        super.doShutdown();
    }

    @Override
    protected Endpoint createEndpoint(String uri, String bucket, Map<String, Object> parameters) throws Exception {
        if (bucket.isBlank()) {
            throw new IllegalArgumentException("s3-objects needs a bucket, as in s3-objects:my-bucket");
        }
        S3ObjectsEndpoint endpoint = new S3ObjectsEndpoint(uri, this, bucket);
        endpoint.setStartScheduler(polls);
        setProperties(endpoint, parameters);
        return endpoint;
    }
}
