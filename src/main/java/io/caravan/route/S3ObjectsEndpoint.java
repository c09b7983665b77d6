package io.caravan.route;

import io.caravan.load.Loads;
import io.caravan.load.feed.FeedLoadsFactory;
import io.caravan.model.feed.Feed;
import io.caravan.model.mask.MaskKey;
import io.caravan.spi.NotificationQueues;
import io.caravan.spi.ObjectStores;
import org.apache.camel.Category;
import org.apache.camel.Consumer;
import org.apache.camel.MultipleConsumersSupport;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.spi.IdempotentRepository;
import org.apache.camel.spi.Metadata;
import org.apache.camel.spi.UriEndpoint;
import org.apache.camel.spi.UriParam;
import org.apache.camel.spi.UriPath;
import org.apache.camel.support.ScheduledPollEndpoint;
import org.jspecify.annotations.Nullable;

/**
 * Consumes new object versions of an S3 bucket, oldest first, in groups. All that a feed says besides the bucket is in the
 * parameters of its route: a URI would give a meaning to some of their characters.
 */
@UriEndpoint(
        firstVersion = "0.1.0",
        scheme = "s3-objects",
        title = "S3 Objects",
        syntax = "s3-objects:bucket",
        consumerOnly = true,
        category = {Category.CLOUD})
public final class S3ObjectsEndpoint extends ScheduledPollEndpoint implements MultipleConsumersSupport {

    @UriPath(description = "Name of the bucket, without s3://")
    @Metadata(required = true)
    private final String bucket;

    @UriParam(description = "Remembers which object versions are done")
    @Metadata(required = true)
    private @Nullable IdempotentRepository idempotentRepository;

    S3ObjectsEndpoint(String uri, S3ObjectsComponent component, String bucket) {
        super(uri, component);
        this.bucket = bucket;
    }

    ObjectStores stores() {
        return ((S3ObjectsComponent) getComponent()).stores();
    }

    @Nullable
    MaskKey maskKey() {
        return ((S3ObjectsComponent) getComponent()).maskKey();
    }

    Loads loads() {
        return ((S3ObjectsComponent) getComponent()).loads();
    }

    FeedLoadsFactory feedLoads() {
        return ((S3ObjectsComponent) getComponent()).feedLoads();
    }

    boolean isTurnOf(Feed feed) {
        return ((S3ObjectsComponent) getComponent()).isTurnOf(feed);
    }

    NotificationQueues queues() {
        return ((S3ObjectsComponent) getComponent()).queues();
    }

    @Override
    public Consumer createConsumer(Processor processor) throws Exception {
        if (idempotentRepository == null) {
            throw new IllegalArgumentException("s3-objects:" + bucket + " needs an idempotentRepository");
        }
        S3ObjectsConsumer consumer = new S3ObjectsConsumer(this, processor, idempotentRepository);
        configureConsumer(consumer);
        consumer.setScheduler(
                ((S3ObjectsComponent) getComponent()).pollThreads().schedule());
        return consumer;
    }

    /** Feeds of one bucket have one endpoint; what differs between them is in their routes. */
    @Override
    public boolean isMultipleConsumersSupported() {
        return true;
    }

    @Override
    public Producer createProducer() {
        throw new UnsupportedOperationException("s3-objects only consumes; aws2-s3 produces");
    }

    public String getBucket() {
        return bucket;
    }

    public @Nullable IdempotentRepository getIdempotentRepository() {
        return idempotentRepository;
    }

    public void setIdempotentRepository(IdempotentRepository idempotentRepository) {
        this.idempotentRepository = idempotentRepository;
    }
}
