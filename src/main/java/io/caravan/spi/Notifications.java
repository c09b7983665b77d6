package io.caravan.spi;

import java.time.Duration;
import java.util.Set;

/**
 * The object store's notifications of a feed's new and changed objects. A notification may come late, twice, out of order or
 * not at all. One thread calls {@link #take}; any thread calls the other methods.
 */
public interface Notifications extends AutoCloseable {

    /** Allows {@link #take} to wait, until {@link #close}. Sends nothing yet. */
    void open();

    /**
     * Takes the notifications since the last call, and acknowledges them; waits if there are none.
     *
     * @param wait the longest wait, in whole seconds
     * @return the keys of the objects; empty after the longest wait, or if this is closed
     * @throws io.caravan.base.InvalidConfigurationException if the queue does not exist or may not be read
     * @throws io.caravan.base.RetryableException if it cannot be reached or fails
     */
    Set<String> take(Duration wait);

    /**
     * Checks that the queue exists; takes nothing.
     *
     * @return the approximate number of waiting messages
     * @throws io.caravan.base.InvalidConfigurationException if the queue does not exist or may not be read
     * @throws io.caravan.base.RetryableException if it cannot be reached or fails
     */
    long probe();

    /** Ends waiting calls at once. */
    @Override
    void close();
}
