package io.caravan.redshift.connection;

import io.caravan.base.LogContext;
import io.caravan.model.table.TableName;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Reports waits for a target's ledger, which another load locks while it merges. Without the report, a feed that waits, for
 * example for the load of a frozen process, looks like an idle one. Safe for use by several threads.
 */
public final class LedgerWait implements AutoCloseable {

    /** Something to do over JDBC that may have to wait. */
    @FunctionalInterface
    public interface Action {
        void run() throws SQLException;
    }

    private final Duration pause;
    private final Consumer<String> log;
    private final ScheduledThreadPoolExecutor watch = new ScheduledThreadPoolExecutor(1, task -> {
        Thread thread = new Thread(task, "ledger-wait");
        thread.setDaemon(true);
        return thread;
    });

    /**
     * Watches nothing yet.
     *
     * @param pause the time before the first report, and between two reports
     */
    public LedgerWait(Duration pause, Consumer<String> log) {
        this.pause = pause;
        this.log = log;
        watch.setRemoveOnCancelPolicy(true);
        // What still runs when the warehouse is closed is no concern of this.
        watch.setRejectedExecutionHandler(new ThreadPoolExecutor.DiscardPolicy());
    }

    /** Runs the action, and reports while it waits. */
    public void during(TableName target, Action action) throws SQLException {
        Future<?> told = watch.scheduleAtFixedRate(
                LogContext.carriedTo(
                        () -> log.accept(
                                "Waiting for the ledger of " + target
                                        + ": a transaction has it locked, of another load or of somebody else; SVV_TRANSACTIONS says whose")),
                pause.toMillis(),
                pause.toMillis(),
                TimeUnit.MILLISECONDS);
        try {
            action.run();
        } finally {
            told.cancel(false);
        }
    }

    @Override
    public void close() {
        watch.shutdownNow();
    }
}
