package io.caravan.base;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * Does one thing at a time on a thread of its own, in order, while its owner goes on. A failure stays: every later call throws
 * it again. Used by one thread.
 */
public final class BackgroundTask implements AutoCloseable {

    private static final int STOP_SECONDS = 30;

    private final String doing;
    private final ExecutorService thread;
    private Future<?> task = CompletableFuture.completedFuture(null);

    /**
     * Starts no thread yet.
     *
     * @param doing what it does, for the message if it is interrupted, such as "writing data files"
     */
    public BackgroundTask(String threadName, String doing) {
        this.doing = doing;
        this.thread = Executors.newSingleThreadExecutor(runnable -> {
            Thread made = new Thread(runnable, threadName);
            made.setDaemon(true);
            return made;
        });
    }

    /** Waits for the task before, and starts with this one. */
    public void start(Runnable next) {
        await();
        task = thread.submit(LogContext.carriedTo(next));
    }

    /** Throws what has failed so far; does not wait. */
    public void check() {
        isIdle();
    }

    /** Returns whether all that was started is done; does not wait. */
    public boolean isIdle() {
        if (!task.isDone()) {
            return false;
        }
        await();
        return true;
    }

    /**
     * Waits until all that was started is done.
     *
     * @throws RetryableException with OBJECT_STORE_FAILED if the thread that waits is interrupted
     */
    public void await() {
        try {
            task.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            RetryableException failure =
                    new RetryableException(ErrorCode.OBJECT_STORE_FAILED, "interrupted while " + doing, e);
            // What was waiting for its turn is lost, so nothing after it may count as done.
            task = CompletableFuture.failedFuture(failure);
            throw failure;
        } catch (ExecutionException e) {
            throw TaskFailure.of(e, doing);
        }
    }

    /**
     * Waits for a task that still runs, up to 30 seconds, even if interrupted, and ends the thread: a task that is cut may have
     * its effect a moment later, behind what is done to take it back.
     */
    @Override
    public void close() {
        thread.shutdown();
        long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(STOP_SECONDS);
        boolean interrupted = false;
        boolean ended = false;
        while (!ended && until > System.nanoTime()) {
            try {
                ended = thread.awaitTermination(until - System.nanoTime(), TimeUnit.NANOSECONDS);
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (!ended) {
            thread.shutdownNow();
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
