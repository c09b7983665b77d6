package io.caravan.route.send;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Semaphore;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.FluentProducerTemplate;
import org.apache.camel.support.LifecycleStrategySupport;
import org.jspecify.annotations.Nullable;

/** Sends what waits to an endpoint, on a thread of its own, and what fails again later; Camel starts and stops it. */
public abstract class PatientSender extends LifecycleStrategySupport {

    private static final Duration FIRST_DELAY = Duration.ofSeconds(5);
    private static final Duration LONGEST_DELAY = Duration.ofMinutes(10);

    /** How long the end of this process waits for the endpoint. */
    private static final Duration LAST_TRY = Duration.ofSeconds(10);

    private final String name;
    private final Duration lookAgain;
    private final Semaphore woken = new Semaphore(0);
    private final CountDownLatch stopping = new CountDownLatch(1);
    private @Nullable ExecutorService executor;

    /**
     * Sends nothing yet.
     *
     * @param name of what it sends
     * @param lookAgain how often to look for what others have left, when nothing is known to wait
     */
    protected PatientSender(String name, Duration lookAgain) {
        this.name = name;
        this.lookAgain = lookAgain;
    }

    /** Begins with what earlier processes left. */
    @Override
    public void onContextStarted(CamelContext context) {
        executor = context.getExecutorServiceManager().newSingleThreadExecutor(this, name);
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
                    woken.tryAcquire(lookAgain.toMillis(), MILLISECONDS);
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

    /**
     * Sends all that waits.
     *
     * @param delay until this is done again, if something is left
     * @return whether nothing is left to send
     */
    protected abstract boolean sendAll(CamelContext context, Duration delay);

    /** Sends a message; throws what the endpoint threw. */
    protected static void send(CamelContext context, String uri, Object body, Map<String, String> headers)
            throws IOException {
        FluentProducerTemplate template =
                context.createFluentProducerTemplate().to(uri).withBody(body);
        headers.forEach(template::withHeader);
        Exchange exchange = template.send();
        if (exchange.getException() != null) {
            throw new IOException(exchange.getException());
        }
    }
}
