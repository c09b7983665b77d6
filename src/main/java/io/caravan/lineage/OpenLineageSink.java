package io.caravan.lineage;

import io.caravan.model.ledger.PastLoad;
import io.caravan.model.ledger.PastObject;
import io.caravan.spi.lineage.LoadSink;
import io.openlineage.client.OpenLineage.RunEvent;
import io.openlineage.client.OpenLineageClientException;
import io.openlineage.client.transports.ApiKeyTokenProvider;
import io.openlineage.client.transports.HttpConfig;
import io.openlineage.client.transports.HttpTransport;
import io.openlineage.client.transports.HttpTransportResponseException;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells a service of OpenLineage of loads, over HTTP. Its library is loaded when there is something to tell.
 * Safe for use by several threads.
 */
public final class OpenLineageSink implements LoadSink {

    private static final int TIMEOUT_MILLIS = 10_000;

    /** Answers that another try may change: who asks, where, too late, too often. */
    private static final Set<Integer> TRIED_AGAIN = Set.of(401, 403, 404, 407, 408, 425, 429);

    private static final int SERVER_ERROR = 500;

    private static final Logger log = LoggerFactory.getLogger(OpenLineageSink.class);

    private final LineageEndpoint endpoint;
    private final RunEvents events;

    /** One for all loads, with its pool of connections; null while nothing was told. */
    private @Nullable HttpTransport transport;

    /**
     * Connects to nothing yet.
     *
     * @param warehouseUrl the driver's
     * @param version Caravan's
     */
    public OpenLineageSink(LineageEndpoint endpoint, String warehouseUrl, String version, KnownTargets targets) {
        this.endpoint = endpoint;
        this.events = new RunEvents(version, endpoint.namespace(), WarehouseNames.of(warehouseUrl), targets);
    }

    @Override
    public void tell(PastLoad load, List<PastObject> objects) throws IOException {
        try {
            for (RunEvent event : events.of(load, objects)) {
                transport().emit(event);
            }
        } catch (HttpTransportResponseException e) {
            if (e.getStatusCode() >= SERVER_ERROR || TRIED_AGAIN.contains(e.getStatusCode())) {
                throw new IOException(endpoint.url() + " answers " + e.getStatusCode(), e);
            }
            log.warn("{} does not take load {}: it answers {}", endpoint.url(), load.id(), e.getStatusCode());
        } catch (OpenLineageClientException e) {
            Throwable reason = e.getCause() == null ? e : e.getCause();
            throw new IOException(endpoint.url() + " cannot be reached: " + reason, e);
        }
    }

    private synchronized HttpTransport transport() {
        if (transport == null) {
            transport = new HttpTransport(config());
        }
        return transport;
    }

    /** Closes the connections that are kept. */
    @Override
    public synchronized void close() {
        if (transport != null) {
            try {
                transport.close();
            } catch (Exception e) {
                log.debug("The connection to {} does not close cleanly", endpoint.url(), e);
            }
            transport = null;
        }
    }

    private HttpConfig config() {
        HttpConfig config = new HttpConfig();
        config.setUrl(endpoint.url());
        config.setTimeoutInMillis(TIMEOUT_MILLIS);
        @Nullable Supplier<String> key = endpoint.apiKey();
        if (key != null) {
            // Asked for each event: a key may be another one by then.
            config.setAuth(() -> {
                ApiKeyTokenProvider provider = new ApiKeyTokenProvider();
                provider.setApiKey(key.get());
                return provider.getToken();
            });
        }
        return config;
    }
}
