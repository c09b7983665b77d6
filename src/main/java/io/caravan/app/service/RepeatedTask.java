package io.caravan.app.service;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Does something again and again, on a thread of its own. */
public final class RepeatedTask implements AutoCloseable {

    private static final Duration GRACE = Duration.ofSeconds(5);

    private final Runnable work;
    private final Duration firstPause;
    private final Duration pause;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread thread;

    /**
     * Does nothing yet.
     *
     * @param name what it does, in a word
     * @param firstPause from the start to the first time; may be zero
     * @param pause from the end of one time to the next
     */
    public RepeatedTask(String name, Runnable work, Duration firstPause, Duration pause) {
        this.work = work;
        this.firstPause = firstPause;
        this.pause = pause;
        this.thread = new Thread(this::run, name);
        thread.setDaemon(true);
    }

    public void start() {
        thread.start();
    }

    private void run() {
        try {
            Duration wait = firstPause;
            while (!closed.await(wait.toMillis(), TimeUnit.MILLISECONDS)) {
                work.run();
                wait = pause;
            }
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
