package io.caravan.route;

import io.caravan.load.FeedWatch;
import io.caravan.load.Loads;
import io.caravan.load.RetryPolicy;
import io.caravan.model.NotificationQueue;
import io.caravan.model.ObjectOrder;
import io.caravan.spi.Notifications;
import io.caravan.spi.ObjectStore;
import java.time.Duration;
import org.apache.camel.Category;
import org.apache.camel.Consumer;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.spi.IdempotentRepository;
import org.apache.camel.spi.Metadata;
import org.apache.camel.spi.UriEndpoint;
import org.apache.camel.spi.UriParam;
import org.apache.camel.spi.UriPath;
import org.apache.camel.support.ScheduledPollEndpoint;
import org.jspecify.annotations.Nullable;

/** Consumes new object versions of an S3 bucket, oldest first, in groups. */
@UriEndpoint(
        firstVersion = "0.1.0",
        scheme = "s3-objects",
        title = "S3 Objects",
        syntax = "s3-objects:bucket",
        consumerOnly = true,
        category = {Category.CLOUD})
public final class S3ObjectsEndpoint extends ScheduledPollEndpoint {

    /** A poll waits for notifications itself. */
    private static final long PAUSE_MILLIS = 100;

    @UriPath(description = "Name of the bucket, without s3://")
    @Metadata(required = true)
    private final String bucket;

    @UriParam(description = "Only keys that begin with it; empty for the whole bucket")
    private String prefix = "";

    @UriParam(description = "Remembers which object versions are done")
    @Metadata(required = true)
    private @Nullable IdempotentRepository idempotentRepository;

    @UriParam(description = "The target table, whose ledger the repository and the failed loads are of")
    @Metadata(required = true)
    private String idempotentScope = "";

    @UriParam(description = "SQS queue that is told of new objects, as URL, ARN or name; empty for none")
    private String queue = "";

    @UriParam(
            description = "Milliseconds from one listing of all objects to the next, if there is a queue",
            defaultValue = "600000")
    private long reconcileEvery = 600_000;

    @UriParam(
            description = "Order of the object versions: time, by which S3 stored them, or key",
            defaultValue = "time")
    private ObjectOrder orderBy = ObjectOrder.TIME;

    @UriParam(description = "Most object versions in one group", defaultValue = "1000")
    private int maxObjectsPerLoad = 1_000;

    @UriParam(description = "Most bytes, as stored, in one group; a larger object is a group of its own")
    private long maxBytesPerLoad = 10_000_000_000L;

    @UriParam(description = "Tries of a load before it counts as failed", defaultValue = "5")
    private int maxTries = RetryPolicy.DEFAULT.maxTries();

    @UriParam(description = "Milliseconds from a load's first try to the last that may begin", defaultValue = "600000")
    private long maxRetryTime = RetryPolicy.DEFAULT.maxTime().toMillis();

    @UriParam(
            description = "Milliseconds before the second try; doubles each time, up to 60 times itself",
            defaultValue = "1000")
    private long retryDelay = RetryPolicy.DEFAULT.firstDelay().toMillis();

    @UriParam(
            description =
                    "Milliseconds before what has failed is tried again; doubles each time, up to 10 times itself",
            defaultValue = "60000")
    private long failedDelay = RetryPolicy.DEFAULT.failedDelay().toMillis();

    S3ObjectsEndpoint(String uri, S3ObjectsComponent component, String bucket) {
        super(uri, component);
        this.bucket = bucket;
    }

    ObjectStore store() {
        return ((S3ObjectsComponent) getComponent()).store();
    }

    Loads loads() {
        return ((S3ObjectsComponent) getComponent()).loads();
    }

    boolean isTurnOf(String feed) {
        return ((S3ObjectsComponent) getComponent()).isTurnOf(feed);
    }

    RetryPolicy retryPolicy() {
        return new RetryPolicy(
                maxTries,
                Duration.ofMillis(maxRetryTime),
                Duration.ofMillis(retryDelay),
                Duration.ofMillis(failedDelay));
    }

    @Override
    public Consumer createConsumer(Processor processor) throws Exception {
        if (idempotentRepository == null) {
            throw new IllegalArgumentException("s3-objects:" + bucket + " needs an idempotentRepository");
        }
        if (maxObjectsPerLoad < 1 || maxBytesPerLoad < 1) {
            throw new IllegalArgumentException(
                    "s3-objects:" + bucket + ": maxObjectsPerLoad and maxBytesPerLoad are at least 1");
        }
        Notifications notifications = notifications();
        S3ObjectsConsumer consumer = new S3ObjectsConsumer(this, processor, idempotentRepository, notifications);
        configureConsumer(consumer);
        if (notifications != null) {
            consumer.setDelay(PAUSE_MILLIS);
        }
        return consumer;
    }

    /** Who looks once looks at all objects. */
    private @Nullable Notifications notifications() {
        return queue.isEmpty() || !isStartScheduler()
                ? null
                : ((S3ObjectsComponent) getComponent()).queues().of(NotificationQueue.parse(queue), bucket, prefix);
    }

    FeedWatch watch(@Nullable Notifications notifications) {
        return new FeedWatch(
                prefix,
                notifications,
                Duration.ofMillis(reconcileEvery),
                Duration.ofMillis(getDelay()),
                orderBy == ObjectOrder.KEY);
    }

    @Override
    public Producer createProducer() {
        throw new UnsupportedOperationException("s3-objects only consumes; aws2-s3 produces");
    }

    public String getBucket() {
        return bucket;
    }

    public String getPrefix() {
        return prefix;
    }

    public void setPrefix(String prefix) {
        this.prefix = prefix;
    }

    public @Nullable IdempotentRepository getIdempotentRepository() {
        return idempotentRepository;
    }

    public void setIdempotentRepository(IdempotentRepository idempotentRepository) {
        this.idempotentRepository = idempotentRepository;
    }

    public String getIdempotentScope() {
        return idempotentScope;
    }

    public void setIdempotentScope(String idempotentScope) {
        this.idempotentScope = idempotentScope;
    }

    public String getQueue() {
        return queue;
    }

    public void setQueue(String queue) {
        this.queue = queue;
    }

    public long getReconcileEvery() {
        return reconcileEvery;
    }

    public void setReconcileEvery(long reconcileEvery) {
        this.reconcileEvery = reconcileEvery;
    }

    public ObjectOrder getOrderBy() {
        return orderBy;
    }

    public void setOrderBy(ObjectOrder orderBy) {
        this.orderBy = orderBy;
    }

    public int getMaxObjectsPerLoad() {
        return maxObjectsPerLoad;
    }

    public void setMaxObjectsPerLoad(int maxObjectsPerLoad) {
        this.maxObjectsPerLoad = maxObjectsPerLoad;
    }

    public long getMaxBytesPerLoad() {
        return maxBytesPerLoad;
    }

    public void setMaxBytesPerLoad(long maxBytesPerLoad) {
        this.maxBytesPerLoad = maxBytesPerLoad;
    }

    public int getMaxTries() {
        return maxTries;
    }

    public void setMaxTries(int maxTries) {
        this.maxTries = maxTries;
    }

    public long getMaxRetryTime() {
        return maxRetryTime;
    }

    public void setMaxRetryTime(long maxRetryTime) {
        this.maxRetryTime = maxRetryTime;
    }

    public long getRetryDelay() {
        return retryDelay;
    }

    public void setRetryDelay(long retryDelay) {
        this.retryDelay = retryDelay;
    }

    public long getFailedDelay() {
        return failedDelay;
    }

    public void setFailedDelay(long failedDelay) {
        this.failedDelay = failedDelay;
    }
}
