package io.caravan.route.event;

import static java.util.Objects.requireNonNull;

import io.caravan.base.CaravanException;
import io.caravan.model.ledger.LoadFilter;
import io.caravan.model.ledger.PastLoad;
import io.caravan.model.ledger.PastObject;
import io.caravan.model.table.TableName;
import io.caravan.route.event.EventOutbox.Kept;
import io.caravan.route.send.PatientSender;
import io.caravan.spi.Ledger;
import io.caravan.spi.lineage.LoadSink;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.camel.CamelContext;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells an endpoint what happens, each event at least once. Of loads the ledger says which are still to be told of, since each
 * notes that in its own transaction; it is asked only when it was used by a load anyway.
 */
public final class EventSender extends PatientSender {

    /** Header with the event's id. */
    static final String ID = "CaravanEventId";

    /** Header with its type. */
    static final String TYPE = "CaravanEventType";

    private static final Map<String, String> CONTENT_TYPE =
            Map.of("Content-Type", "application/cloudevents+json; charset=utf-8");

    private static final String ENDPOINT = "caravan.events.uri";

    /** Nothing is looked for by itself. */
    private static final Duration NEVER = Duration.ofDays(365);

    private static final Logger log = LoggerFactory.getLogger(EventSender.class);

    private final EventOutbox outbox;
    private final Ledger ledger;
    private final @Nullable String uri;
    private final LoadSink lineage;
    private volatile boolean mayHaveLoads;

    /**
     * Sends nothing yet.
     *
     * @param uri the endpoint; null if none is told
     * @param lineage is told of loads, too
     */
    public EventSender(EventOutbox outbox, Ledger ledger, @Nullable String uri, LoadSink lineage) {
        super("events", NEVER);
        this.outbox = requireNonNull(outbox, "outbox");
        this.ledger = requireNonNull(ledger, "ledger");
        this.uri = uri;
        this.lineage = requireNonNull(lineage, "lineage");
    }

    /**
     * Says that there may be something to send.
     *
     * @param isOfLedger whether the ledger may know of loads that are to be told of
     */
    public void wake(boolean isOfLedger) {
        mayHaveLoads |= isOfLedger;
        wake();
    }

    /** Keeps an event, and sends it soon. */
    void tell(CloudEvent event) {
        if (uri != null) {
            outbox.add(event);
            wake();
        }
    }

    @Override
    public void onContextStopping(CamelContext context) {
        super.onContextStopping(context);
        lineage.close();
    }

    @Override
    protected boolean sendAll(CamelContext context, Duration delay) {
        try {
            for (@Nullable Kept event = outbox.first(); event != null; event = outbox.first()) {
                send(context, event.id(), "", event.json());
                outbox.remove(event);
            }
            if (mayHaveLoads) {
                mayHaveLoads = false;
                sendLoads(context);
            }
            return true;
        } catch (CaravanException e) {
            return failed(ENDPOINT, e.getMessage(), delay);
        } catch (UntoldLineageException e) {
            return failed("caravan.openlineage.url", e.getMessage(), delay);
        } catch (IOException | RuntimeException e) {
            // Not its message, which may show the endpoint's credentials.
            Throwable reason = e.getCause() == null ? e : e.getCause();
            return failed(ENDPOINT, reason.getClass().getSimpleName(), delay);
        }
    }

    private void sendLoads(CamelContext context) throws IOException {
        boolean isDone = false;
        try {
            for (String id : ledger.findUntold().keySet()) {
                tell(context, id);
                ledger.told(id);
            }
            isDone = true;
        } finally {
            mayHaveLoads |= !isDone;
        }
    }

    private void tell(CamelContext context, String id) throws IOException {
        List<PastLoad> loads = new ArrayList<>();
        ledger.readLoads(LoadFilter.ofId(id), 1, loads::add);
        for (PastLoad load : loads) {
            List<PastObject> objects = new ArrayList<>();
            ledger.readObjects(TableName.parse(load.target()), id, Integer.MAX_VALUE, objects::add);
            for (CloudEvent event : LoadEvents.of(load, objects)) {
                send(context, event.id(), event.fullType(), event.json());
            }
            try {
                lineage.tell(load, objects);
            } catch (IOException e) {
                throw new UntoldLineageException(e);
            }
        }
    }

    private void send(CamelContext context, String id, String type, String json) throws IOException {
        if (uri == null) {
            return;
        }
        Map<String, String> headers = new HashMap<>(CONTENT_TYPE);
        headers.put(ID, id);
        headers.put(TYPE, type);
        send(context, uri, json, headers);
    }

    private static boolean failed(String setting, @Nullable String reason, Duration delay) {
        log.warn(
                "Could not tell {} what has happened: {}; it is told again after {} s or the next start",
                setting,
                reason,
                delay.toSeconds());
        return false;
    }

    /** Its message shows no secret. */
    private static final class UntoldLineageException extends IOException {

        private static final long serialVersionUID = 1L;

        UntoldLineageException(IOException cause) {
            super(cause.getMessage(), cause);
        }
    }
}
