package io.caravan.route.poll;

import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.camel.spi.ScheduledPollConsumerScheduler;

/**
 * The threads on which all feeds poll. A feed has one as long as it polls, however long that is, so that none waits for
 * another's; between two polls it has none. Camel by itself keeps a thread for each feed.
 */
public final class PollThreads implements AutoCloseable {

    private static final int IDLE_SECONDS = 5;

    private final AtomicLong count = new AtomicLong();

    /** Hands over to the thread that became idle last, so that those end that are not needed. */
    private final ThreadPoolExecutor threads = new ThreadPoolExecutor(
            0, Integer.MAX_VALUE, IDLE_SECONDS, TimeUnit.SECONDS, new SynchronousQueue<>(), poll -> {
                Thread thread = new Thread(poll, "poll-" + count.incrementAndGet());
                thread.setDaemon(true);
                return thread;
            });

    public PollThreads() {
        // A poll that comes due while the process ends.
        threads.setRejectedExecutionHandler(new ThreadPoolExecutor.DiscardPolicy());
    }

    /** Returns what has one consumer poll. */
    public ScheduledPollConsumerScheduler schedule() {
        return new PollSchedule(threads);
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
