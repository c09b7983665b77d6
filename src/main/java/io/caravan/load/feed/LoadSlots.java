package io.caravan.load.feed;

import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Limits the number of simultaneous loads to the connections; the others wait in the order of arrival. Waiting is no
 * failure, however long another load takes. Safe for use by several threads.
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

    /** Creates slots without a limit. */
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
