package io.caravan.spi;

import io.caravan.model.DeadLetter;
import io.caravan.model.DeadLetterCount;
import io.caravan.model.DeadLetterFilter;
import java.util.function.Consumer;

/**
 * The rejected rows, kept for people. Safe for use by several threads. Where there is no ledger yet there are none.
 *
 * <p>Every method throws {@link io.caravan.base.RetryableException} if the warehouse cannot be reached or fails, and
 * {@link io.caravan.base.InvalidConfigurationException} if it refuses.
 */
public interface DeadLetters {

    /**
     * Shows dead letters one by one, those of the newest load first, those of an object by their lines.
     *
     * @param limit at most so many; {@link Long#MAX_VALUE} for all
     * @return how many were shown
     */
    long read(DeadLetterFilter filter, long limit, Consumer<DeadLetter> action);

    /** Shows how many there are, by feed, error code and status. */
    void count(DeadLetterFilter filter, Consumer<DeadLetterCount> action);

    /** Marks those that are open as dropped, and returns how many. */
    long drop(DeadLetterFilter filter);
}
