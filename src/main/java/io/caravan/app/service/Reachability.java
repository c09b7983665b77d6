package io.caravan.app.service;

import io.caravan.app.wiring.LastContacts;
import io.caravan.app.wiring.LastContacts.Contact;
import io.caravan.base.CaravanException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether a system can be reached. It is asked only if it was away when it was last used, or nobody has used it for some
 * minutes, and not often. Safe for use by several threads.
 */
final class Reachability {

    /** A sighting that is older says nothing any more. */
    private static final Duration FRESH = Duration.ofMinutes(5);

    /** From one question to the next. */
    private static final Duration PAUSE = Duration.ofSeconds(5);

    /** The longest wait for one system. Kubernetes waits one second for the answer about both. */
    private static final Duration PATIENCE = Duration.ofMillis(400);

    private static final Logger log = LoggerFactory.getLogger(Reachability.class);

    private final String system;
    private final LastContacts contacts;
    private final Runnable question;
    private final Executor executor;
    private final Clock clock;
    private @Nullable Instant lastAsked;
    private CountDownLatch answered = new CountDownLatch(0);

    /**
     * Asks nothing yet.
     *
     * @param system its name, for people
     * @param contacts know what becomes of the question
     * @param question may take its time; throws {@link CaravanException}
     * @param executor asks
     */
    Reachability(String system, LastContacts contacts, Runnable question, Executor executor, Clock clock) {
        this.system = system;
        this.contacts = contacts;
        this.question = question;
        this.executor = executor;
        this.clock = clock;
    }

    String system() {
        return system;
    }

    /** Returns what was seen last, without asking. */
    Contact last() {
        return contacts.last();
    }

    /** Begins to ask, if it is time to; nobody waits for it. */
    synchronized void askIfNeeded() {
        Instant now = clock.instant();
        Contact last = contacts.last();
        boolean isKnown = last.isReachable()
                && last.lastSeen() != null
                && last.lastSeen().plus(FRESH).isAfter(now);
        boolean isTooSoon = lastAsked != null && lastAsked.plus(PAUSE).isAfter(now);
        if (isKnown || isTooSoon || answered.getCount() > 0) {
            return;
        }
        lastAsked = now;
        CountDownLatch answer = new CountDownLatch(1);
        answered = answer;
        executor.execute(() -> {
            try {
                question.run();
            } catch (CaravanException e) {
                log.debug("{} cannot be reached: {}", system, e.getMessage());
            } finally {
                answer.countDown();
            }
        });
    }

    /** Returns what is seen by now, after waiting a little for the answer if a question is open. */
    Contact look() {
        CountDownLatch answer;
        synchronized (this) {
            answer = answered;
        }
        try {
            answer.await(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return contacts.last();
    }
}
