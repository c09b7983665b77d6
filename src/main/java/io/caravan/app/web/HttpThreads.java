package io.caravan.app.web;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Executor;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The threads that serve HTTP requests; their number is bounded. One thread of the JDK's server reads a request and writes its
 * answer, however slow the client is. When all threads are busy, the request that has lasted longest is cut off for the new one:
 * a page is made in far less than a second, so the oldest request only waits for its client. Safe for use by several threads.
 */
public final class HttpThreads implements Executor, AutoCloseable {

    private static final int IDLE_SECONDS = 10;

    private final int most;
    private final ThreadPoolExecutor threads;

    /** Those under way, the longest first. */
    private final Deque<Request> running = new ArrayDeque<>();

    /** A request; an interrupt closes its connection, wherever it waits for the client. */
    private final class Request implements Runnable {

        private final Runnable work;
        private @Nullable Thread thread;
        private boolean isCut;

        Request(Runnable work) {
            this.work = work;
        }

        @Override
        public void run() {
            begin();
            try {
                work.run();
            } finally {
                end();
                // What came too late is not for the thread's next request.
                Thread.interrupted();
                ended(this);
            }
        }

        private synchronized void begin() {
            thread = Thread.currentThread();
            if (isCut) {
                thread.interrupt();
            }
        }

        private synchronized void end() {
            thread = null;
        }

        synchronized void cut() {
            isCut = true;
            if (thread != null) {
                thread.interrupt();
            }
        }
    }

    /**
     * Starts no thread yet.
     *
     * @param most how many requests are served at a time
     */
    public HttpThreads(int most) {
        this.most = most;
        // Who is cut off still needs its thread for a moment.
        this.threads = new ThreadPoolExecutor(
                0, Integer.MAX_VALUE, IDLE_SECONDS, TimeUnit.SECONDS, new SynchronousQueue<>(), work -> {
                    Thread thread = new Thread(work, "http");
                    thread.setDaemon(true);
                    return thread;
                });
    }

    @Override
    public void execute(Runnable work) {
        Request request = new Request(work);
        synchronized (running) {
            if (running.size() >= most) {
                running.removeFirst().cut();
            }
            running.addLast(request);
        }
        threads.execute(request);
    }

    private void ended(Request request) {
        synchronized (running) {
            running.remove(request);
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
