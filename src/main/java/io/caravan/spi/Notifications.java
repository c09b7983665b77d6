package io.caravan.spi;

import java.time.Duration;
import java.util.Set;

/**
 * What the object store tells of a feed's new and changed objects. It may tell late, twice, in another order or not at all.
 * {@link #take} is called by one thread, the others by any.
 */
public interface Notifications extends AutoCloseable {

    /** Allows {@link #take} to wait, until {@link #close}. Sends nothing yet. */
    void open();

    /**
     * Takes what was told since the last time, and acknowledges it; waits for it if there is nothing.
     *
     * @param wait how long at most, to the second
     * @return the keys of the objects; empty if the time is over, or this is closed
     * @throws io.caravan.base.InvalidConfigurationException if the queue does not exist or may not be read
     * @throws io.caravan.base.RetryableException if it cannot be reached or fails
     */
    Set<String> take(Duration wait);

    /**
     * Asks whether the queue is there; takes nothing.
     *
     * @return how many messages wait, about
     * @throws io.caravan.base.InvalidConfigurationException if the queue does not exist or may not be read
     * @throws io.caravan.base.RetryableException if it cannot be reached or fails
     */
    long probe();

    /** Ends what waits, at once. */
    @Override
    void close();
}
