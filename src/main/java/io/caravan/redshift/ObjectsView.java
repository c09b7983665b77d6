package io.caravan.redshift;

import io.caravan.base.CaravanException;
import io.caravan.base.ErrorCode;
import io.caravan.redshift.connection.Connections;
import io.caravan.redshift.connection.Jdbc;
import io.caravan.redshift.connection.RedshiftFailures;
import io.caravan.redshift.sql.LedgerSql;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The view that shows all targets' ledgers as one. It is for people: no load needs it, and no load waits for it longer than
 * a moment, even while somebody reads it or has one of the ledgers locked. One thread at a time changes the view, and
 * repeats that while new ledgers appear; other threads leave their ledgers to it and go on, as a change takes longer with
 * more ledgers. It pauses between two changes, so that many feeds that start at once cause a few changes instead of one
 * each. Safe for use by several threads.
 */
final class ObjectsView {

    private static final Duration LONGEST_STATEMENT = Duration.ofSeconds(5);

    /** After a change in vain. */
    private static final long PAUSE_NANOS = TimeUnit.MINUTES.toNanos(1);

    /** So many times what a change has taken is the pause before the next. */
    private static final int PAUSE_FACTOR = 5;

    private static final int ATTEMPTS = 3;

    private static final Logger log = LoggerFactory.getLogger(ObjectsView.class);

    private final Connections connections;
    private final AtomicLong wanted = new AtomicLong();
    private final ReentrantLock turn = new ReentrantLock();
    private volatile long made;
    private volatile @Nullable Long failedNanos;
    private volatile boolean isCompleted;

    ObjectsView(Connections connections) {
        this.connections = connections;
    }

    /** Notes that a target's ledger was created or changed. */
    void outdated() {
        wanted.incrementAndGet();
    }

    /** Updates the view if it lacks a ledger: whoever has created that may have died before. Looks once. */
    void complete() {
        if (isCompleted) {
            return;
        }
        isCompleted = true;
        try (Connection connection = connections.direct()) {
            Jdbc.execute(connection, LedgerSql.limitStatements(LONGEST_STATEMENT));
            if (Jdbc.queryLong(connection, LedgerSql.countUnshown()) == 0) {
                return;
            }
        } catch (SQLException e) {
            log.debug("Cannot look whether {} shows all ledgers", LedgerSql.OBJECTS, e);
            return;
        }
        outdated();
        update();
    }

    /** Updates the view if ledgers have changed; if that is impossible now, a later call does it. */
    void update() {
        // Who is busy may have looked just before the latest ledger came: after it, look again.
        while (isDue() && turn.tryLock()) {
            try {
                change();
            } finally {
                turn.unlock();
            }
        }
    }

    private boolean isDue() {
        Long failed = failedNanos;
        return made != wanted.get() && (failed == null || System.nanoTime() - failed >= PAUSE_NANOS);
    }

    private void change() {
        int failures = 0;
        while (isDue()) {
            long now = wanted.get();
            long beginNanos = System.nanoTime();
            try (Connection connection = connections.direct()) {
                Jdbc.execute(connection, LedgerSql.limitStatements(LONGEST_STATEMENT));
                connection.setAutoCommit(false);
                create(connection);
                made = now;
                failedNanos = null;
                if (isDue()) {
                    TimeUnit.NANOSECONDS.sleep(PAUSE_FACTOR * (System.nanoTime() - beginNanos));
                }
            } catch (InterruptedException e) {
                // The process stops: what is left out is for the next start.
                Thread.currentThread().interrupt();
                return;
            } catch (SQLException | CaravanException e) {
                CaravanException failure = e instanceof SQLException sql
                        ? RedshiftFailures.translate("changing the view of all ledgers", sql)
                        : (CaravanException) e;
                failures++;
                // Another process may do the same just now; who has a lock goes on having it.
                if (failure.code() == ErrorCode.WAREHOUSE_DENIED) {
                    log.warn(
                            "The view {} does not show the latest ledgers, and loads do without it ({}); let its owner give it"
                                    + " to the user of caravan.warehouse.user, or drop it",
                            LedgerSql.OBJECTS,
                            failure.getMessage());
                    failedNanos = System.nanoTime();
                } else if (failures == ATTEMPTS || failure.code() == ErrorCode.WAREHOUSE_CANCELLED) {
                    log.info(
                            "{} lacks the latest ledgers, and is changed later: {}",
                            LedgerSql.OBJECTS,
                            failure.getMessage());
                    failedNanos = System.nanoTime();
                }
            }
        }
    }

    /**
     * Two processes that do it at once may each not see the other's newest table; so the last one looks again. Whoever goes on
     * creating tables changes the view after that.
     */
    private static void create(Connection connection) throws SQLException {
        Map<String, Set<String>> tables = LedgerTables.findObjects(connection);
        for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
            Jdbc.execute(connection, LedgerSql.createObjectsView(tables));
            connection.commit();
            Map<String, Set<String>> now = LedgerTables.findObjects(connection);
            connection.commit();
            if (now.equals(tables)) {
                return;
            }
            tables = now;
        }
    }
}
