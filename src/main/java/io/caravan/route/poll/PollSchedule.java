package io.caravan.route.poll;

import static java.util.Objects.requireNonNull;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.apache.camel.CamelContext;
import org.apache.camel.Consumer;
import org.apache.camel.spi.ScheduledPollConsumerScheduler;
import org.apache.camel.support.ScheduledPollConsumer;
import org.apache.camel.support.service.ServiceSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/**
 * Polls one consumer until told to stop, with a pause between the end of a poll and the next. Like Camel's own scheduler, it polls
 * no more when a poll throws, and interrupts a poll that is under way when it is told to stop.
 */
final class PollSchedule extends ServiceSupport implements ScheduledPollConsumerScheduler {

    private final Executor threads;
    private @Nullable CamelContext context;
    private @Nullable ScheduledPollConsumer consumer;
    private @Nullable Runnable task;
    private @Nullable Polls polls;

    /**
     * Schedules nothing yet.
     *
     * @param threads run a poll at once, each
     */
    PollSchedule(Executor threads) {
        this.threads = threads;
    }

    @Override
    public void onInit(Consumer polling) {
        consumer = (ScheduledPollConsumer) polling;
    }

    @Override
    public void scheduleTask(Runnable poll) {
        task = poll;
    }

    @Override
    public synchronized void startScheduler() {
        if (polls == null) {
            ScheduledPollConsumer polling = requireNonNull(consumer, "consumer");
            polls = new Polls(requireNonNull(task, "task"), polling.getDelay(), polling.getTimeUnit());
            polls.next(polling.getInitialDelay());
        }
    }

    @Override
    public synchronized void unscheduleTask() {
        if (polls != null) {
            polls.stop();
            polls = null;
        }
    }

    @Override
    public synchronized boolean isSchedulerStarted() {
        return polls != null;
    }

    @Override
    protected void doStop() {
        unscheduleTask();
    }

    @Override
    public void setCamelContext(@Nullable CamelContext camelContext) {
        context = camelContext;
    }

    @Override
    public @Nullable CamelContext getCamelContext() {
        return context;
    }

    /** The polls from a start to a stop. */
    private final class Polls {

        private final Runnable poll;
        private final long delay;
        private final TimeUnit unit;
        private @Nullable Thread thread;
        private boolean stopped;

        Polls(Runnable poll, long delay, TimeUnit unit) {
            this.poll = poll;
            this.delay = delay;
            this.unit = unit;
        }

        void next(long wait) {
            CompletableFuture.delayedExecutor(wait, unit, threads).execute(this::run);
        }

        private void run() {
            if (begin()) {
                try {
                    poll.run();
                } finally {
                    end();
                }
                next(delay);
            }
        }

        private synchronized boolean begin() {
            if (!stopped) {
                thread = Thread.currentThread();
            }
            return !stopped;
        }

        /** Nothing of it stays for the thread's next poll, which is another feed's. */
        private synchronized void end() {
            thread = null;
            Thread.interrupted();
            MDC.clear();
        }

        synchronized void stop() {
            stopped = true;
            if (thread != null) {
                thread.interrupt();
            }
        }
    }
}
