package io.caravan.app;

import io.caravan.model.DeadLetter;
import io.caravan.model.DeadLetterCount;
import io.caravan.model.DeadLetterFilter;
import java.util.function.Consumer;

/** What the commands that only look at dead letters need. */
interface DeadLetterReading {

    /**
     * Shows dead letters.
     *
     * @param limit at most so many
     * @return how many were shown
     */
    long read(Settings settings, DeadLetterFilter filter, long limit, Consumer<DeadLetter> action);

    /** Shows how many there are, by feed, error code and status. */
    void count(Settings settings, DeadLetterFilter filter, Consumer<DeadLetterCount> action);
}
