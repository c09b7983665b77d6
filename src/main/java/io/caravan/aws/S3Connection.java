package io.caravan.aws;

import io.caravan.aws.object.S3ObjectStore;
import io.caravan.aws.queue.EventQueue;
import io.caravan.aws.staging.S3RememberedFiles;
import io.caravan.aws.staging.S3StagingArea;
import io.caravan.model.feed.Feed;
import io.caravan.model.feed.NotificationQueue;
import io.caravan.model.feed.StoreAccess;
import io.caravan.spi.Notifications;
import io.caravan.spi.ObjectStore;
import io.caravan.spi.RememberedFiles;
import io.caravan.spi.StagingArea;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.S3Client;

/** One connection pool to S3, and what can be done over it. Safe for use by several threads. */
public final class S3Connection implements AutoCloseable {

    private final @Nullable AssumedRole role;
    private final S3Client client;
    private final ObjectStore objects;

    /**
     * Connects by the AWS SDK's own rules; nothing is sent yet.
     *
     * @throws io.caravan.base.InvalidConfigurationException if no region is set
     */
    public S3Connection(S3Settings settings) {
        this(settings, StoreAccess.OWN);
    }

    /**
     * Connects by the AWS SDK's own rules, but for what the access says; nothing is sent yet.
     *
     * @throws io.caravan.base.InvalidConfigurationException if no region is set
     */
    S3Connection(S3Settings settings, StoreAccess access) {
        this.role = access.role() == null ? null : new AssumedRole(access.role(), access.externalId());
        this.client = settings.connect(access, role == null ? null : role.credentials());
        this.objects = new S3ObjectStore(client, access.requesterPays());
    }

    /** Returns the objects of all buckets. */
    public ObjectStore objects() {
        return objects;
    }

    /** Returns the place for data files. */
    public StagingArea stagingArea(String bucket, String prefix) {
        return new S3StagingArea(client, bucket, prefix);
    }

    /** Returns the place for what feeds remember. */
    public RememberedFiles rememberedFiles(String bucket, String prefix) {
        return new S3RememberedFiles(client, bucket, prefix);
    }

    /** Returns what a queue tells of a feed's objects, over connections of its own; {@link EventQueue}. */
    public Notifications notifications(NotificationQueue queue, Feed feed) {
        return new EventQueue(queue, feed);
    }

    /** Returns the AWS SDK's client, for Camel components that take one. */
    public Object client() {
        return client;
    }

    @Override
    public void close() {
        client.close();
        if (role != null) {
            role.close();
        }
    }
}
