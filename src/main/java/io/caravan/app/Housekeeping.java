package io.caravan.app;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Does something at once, and then again and again, on a thread of its own. */
final class Housekeeping implements AutoCloseable {

    private static final Duration GRACE = Duration.ofSeconds(5);

    private final Runnable work;
    private final Duration pause;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread thread;

    /**
     * Does nothing yet.
     *
     * @param name what it does, in a word
     * @param pause from the end of one time to the next
     */
    Housekeeping(String name, Runnable work, Duration pause) {
        this.work = work;
        this.pause = pause;
        this.thread = new Thread(this::run, name);
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    private void run() {
        try {
            do {
                work.run();
            } while (!closed.await(pause.toMillis(), TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** What is under way may end, if it ends soon. */
    @Override
    public void close() {
        closed.countDown();
        try {
            thread.join(GRACE.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        thread.interrupt();
    }
}
