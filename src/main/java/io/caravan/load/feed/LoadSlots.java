package io.caravan.load.feed;

import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Has as many loads run at a time as there are connections for; the others wait, the first to come first. Waiting is no
 * failure, however long a load before takes. Safe for use by several threads.
 */
public final class LoadSlots {

    private final Semaphore free;

    /**
     * Makes slots.
     *
     * @param most how many loads run at a time; at least 1
     */
    public LoadSlots(int most) {
        this.free = new Semaphore(most, true);
    }

    /** Makes as many slots as anybody wants. */
    public static LoadSlots unlimited() {
        return new LoadSlots(Integer.MAX_VALUE);
    }

    /** Takes a slot if one is free and nobody has waited for it before; returns whether it did. */
    boolean takeAtOnce() {
        try {
            return free.tryAcquire(0, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Waits for a slot, and takes it; returns false if the thread was interrupted. */
    boolean take() {
        try {
            free.acquire();
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    void giveBack() {
        free.release();
    }
}
