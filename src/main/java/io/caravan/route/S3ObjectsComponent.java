package io.caravan.route;

import io.caravan.spi.ObjectStore;
import java.util.Map;
import org.apache.camel.Endpoint;
import org.apache.camel.support.DefaultComponent;

/**
 * {@code s3-objects:bucket}: consumes the new object versions under a prefix, however many there are, as groups that are
 * each one load.
 */
public final class S3ObjectsComponent extends DefaultComponent {

    private final ObjectStore store;
    private final boolean polls;

    /**
     * Makes the component.
     *
     * @param polls whether consumers poll by themselves; otherwise somebody calls {@link S3ObjectsConsumer#pass}
     */
    public S3ObjectsComponent(ObjectStore store, boolean polls) {
        this.store = store;
        this.polls = polls;
    }

    ObjectStore store() {
        return store;
    }

    @Override
    protected Endpoint createEndpoint(String uri, String bucket, Map<String, Object> parameters) throws Exception {
        if (bucket.isBlank()) {
            throw new IllegalArgumentException("s3-objects needs a bucket, as in s3-objects:my-bucket");
        }
        S3ObjectsEndpoint endpoint = new S3ObjectsEndpoint(uri, this, bucket);
        endpoint.setStartScheduler(polls);
        endpoint.setPollStrategy(new LogPollStrategy());
        setProperties(endpoint, parameters);
        return endpoint;
    }
}
