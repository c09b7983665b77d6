package io.caravan.route.letter;

import static java.util.Objects.requireNonNull;
import static java.util.concurrent.TimeUnit.MILLISECONDS;

import io.caravan.base.CaravanException;
import io.caravan.model.ledger.DeadLetter;
import io.caravan.spi.DeadLetters;
import io.caravan.spi.Warehouse;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Semaphore;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.support.LifecycleStrategySupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends dead letters to an endpoint too, on a thread of its own: one message of JSON lines a load, or as many as its size makes
 * necessary, oldest load first, each at least once. Each load that has some says so in its own transaction, so that none is
 * forgotten, whatever becomes of the endpoint or of this process.
 */
public final class DeadLetterSender extends LifecycleStrategySupport {

    /** Header with the load's id; from its second message on with {@code -2}, {@code -3} and so on behind it. */
    static final String LOAD = "CaravanLoadId";

    /** Header with the feed's name. */
    static final String FEED = "CaravanFeed";

    private static final Logger log = LoggerFactory.getLogger(DeadLetterSender.class);

    private static final Duration FIRST_DELAY = Duration.ofSeconds(5);
    private static final Duration LONGEST_DELAY = Duration.ofMinutes(10);

    /** How often to look for what other processes have left, when nothing is known to wait. */
    private static final Duration LOOK_AGAIN = Duration.ofMinutes(1);

    /** How long the end of this process waits for the endpoint. */
    private static final Duration LAST_TRY = Duration.ofSeconds(10);

    private final Warehouse warehouse;
    private final DeadLetters letters;
    private final String uri;
    private final Semaphore woken = new Semaphore(0);
    private final CountDownLatch stopping = new CountDownLatch(1);
    private @Nullable ExecutorService executor;

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
        this.warehouse = requireNonNull(warehouse, "warehouse");
        this.letters = requireNonNull(letters, "letters");
        this.uri = requireNonNull(uri, "uri");
    }

    /** Begins with what earlier processes left. */
    @Override
    public void onContextStarted(CamelContext context) {
        executor = context.getExecutorServiceManager().newSingleThreadExecutor(this, "dead-letters");
        executor.execute(() -> run(context));
    }

    /** Sends what can still be sent; the rest waits for the next start. */
    @Override
    public void onContextStopping(CamelContext context) {
        stopping.countDown();
        woken.release();
        if (executor != null) {
            context.getExecutorServiceManager().shutdownGraceful(executor, LAST_TRY.toMillis());
        }
    }

    /** Says that there may be something to send. */
    public void wake() {
        woken.release();
    }

    private void run(CamelContext context) {
        Duration delay = FIRST_DELAY;
        try {
            while (stopping.getCount() > 0) {
                if (sendAll(context, delay)) {
                    delay = FIRST_DELAY;
                    woken.tryAcquire(LOOK_AGAIN.toMillis(), MILLISECONDS);
                    woken.drainPermits();
                } else {
                    stopping.await(delay.toMillis(), MILLISECONDS);
                    delay = delay.multipliedBy(2).compareTo(LONGEST_DELAY) < 0 ? delay.multipliedBy(2) : LONGEST_DELAY;
                }
            }
            sendAll(context, delay);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Returns whether nothing is left to send. */
    private boolean sendAll(CamelContext context, Duration delay) {
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
        Exchange exchange = context.createFluentProducerTemplate()
                .to(uri)
                .withBody(message.body())
                .withHeader(LOAD, id)
                .withHeader(FEED, feed)
                .send();
        if (exchange.getException() != null) {
            throw new IOException(exchange.getException());
        }
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
