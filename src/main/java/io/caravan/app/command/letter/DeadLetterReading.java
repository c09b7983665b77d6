package io.caravan.app.command.letter;

import io.caravan.app.settings.Settings;
import io.caravan.model.ledger.DeadLetter;
import io.caravan.model.ledger.DeadLetterCount;
import io.caravan.model.ledger.DeadLetterFilter;
import java.util.function.Consumer;

/** What the commands that only look at dead letters need. */
public interface DeadLetterReading {

    /**
     * Shows dead letters.
     *
     * @param limit how many at most
     * @return how many were shown
     */
    long read(Settings settings, DeadLetterFilter filter, long limit, Consumer<DeadLetter> action);

    /** Shows how many there are, by feed, error code, column and status. */
    void count(Settings settings, DeadLetterFilter filter, Consumer<DeadLetterCount> action);
}
