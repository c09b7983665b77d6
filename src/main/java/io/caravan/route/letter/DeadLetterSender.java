package io.caravan.route.letter;

import static java.util.Objects.requireNonNull;

import io.caravan.base.CaravanException;
import io.caravan.model.ledger.DeadLetter;
import io.caravan.route.send.PatientSender;
import io.caravan.spi.DeadLetters;
import io.caravan.spi.Warehouse;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import org.apache.camel.CamelContext;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends dead letters to an endpoint too, on a thread of its own: one message of JSON lines a load, or as many as its size makes
 * necessary, oldest load first, each at least once. Each load that has some says so in its own transaction, so that none is
 * forgotten, whatever becomes of the endpoint or of this process.
 */
public final class DeadLetterSender extends PatientSender {

    /** Header with the load's id; from its second message on with {@code -2}, {@code -3} and so on behind it. */
    static final String LOAD = "CaravanLoadId";

    /** Header with the feed's name. */
    static final String FEED = "CaravanFeed";

    private static final Logger log = LoggerFactory.getLogger(DeadLetterSender.class);

    /** How often to look for what other processes have left, when nothing is known to wait. */
    private static final Duration LOOK_AGAIN = Duration.ofMinutes(1);

    private final Warehouse warehouse;
    private final DeadLetters letters;
    private final String uri;

    // For the thread that sends.
    private @Nullable String sending;
    private int sent;
    private @Nullable DeadLetter lastSent;

    /**
     * Sends nothing yet.
     *
     * @param uri the endpoint
     */
    public DeadLetterSender(Warehouse warehouse, DeadLetters letters, String uri) {
        super("dead-letters", LOOK_AGAIN);
        this.warehouse = requireNonNull(warehouse, "warehouse");
        this.letters = requireNonNull(letters, "letters");
        this.uri = requireNonNull(uri, "uri");
    }

    @Override
    protected boolean sendAll(CamelContext context, Duration delay) {
        try {
            for (Map.Entry<String, String> load :
                    warehouse.findUnsentDeadLetters().entrySet()) {
                send(context, load.getKey(), load.getValue());
                warehouse.deadLettersSent(load.getKey());
            }
            return true;
        } catch (CaravanException e) {
            return failed(e.getMessage(), delay);
        } catch (IOException | RuntimeException e) {
            // Not its message, which may show the endpoint's credentials.
            Throwable reason = e.getCause() == null ? e : e.getCause();
            return failed(reason.getClass().getSimpleName(), delay);
        }
    }

    /** Sends the dead letters of a load in as many messages as they need; after a failure, from the message that failed on. */
    private void send(CamelContext context, String load, String feed) throws IOException {
        if (!load.equals(sending)) {
            sending = load;
            sent = 0;
            lastSent = null;
        }
        while (true) {
            DeadLetterMessage message = new DeadLetterMessage();
            letters.read(load, lastSent, message::add);
            if (message.last() == null) {
                return;
            }
            send(context, message, sent == 0 ? load : load + "-" + (sent + 1), feed);
            sent++;
            lastSent = message.last();
        }
    }

    private void send(CamelContext context, DeadLetterMessage message, String id, String feed) throws IOException {
        send(context, uri, message.body(), Map.of(LOAD, id, FEED, feed));
    }

    private static boolean failed(String reason, Duration delay) {
        log.warn(
                "Could not send dead letters to caravan.dead-letter.uri: {}; they are in caravan.dead_letters, and are sent"
                        + " again after {} s or the next start",
                reason,
                delay.toSeconds());
        return false;
    }
}
