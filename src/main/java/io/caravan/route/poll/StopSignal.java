package io.caravan.route.poll;

import io.caravan.load.feed.Patience;
import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

/** Tells a feed's thread to stop, and wakes it if it waits. Safe for use by several threads. */
public final class StopSignal implements Patience {

    private final Lock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private boolean given;

    /** Tells the feed to stop, until {@link #takeBack}. */
    public void give() {
        set(true);
    }

    public void takeBack() {
        set(false);
    }

    private void set(boolean value) {
        lock.lock();
        try {
            given = value;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public boolean isOver() {
        lock.lock();
        try {
            return given;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void await(Duration delay) {
        lock.lock();
        try {
            long left = delay.toNanos();
            while (!given && left > 0) {
                left = changed.awaitNanos(left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            lock.unlock();
        }
    }
}
