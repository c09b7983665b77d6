package io.caravan.spi;

import io.caravan.model.ledger.DeadLetter;
import io.caravan.model.ledger.DeadLetterFilter;
import java.util.Iterator;

/** Reads dead letters one by one, at the caller's pace. Used by one thread; throws what {@link DeadLetters} throws. */
public interface DeadLetterReader extends AutoCloseable {

    /** Begins to read dead letters in the order of lines; ends an earlier read. */
    Iterator<DeadLetter> read(DeadLetterFilter filter);

    @Override
    void close();
}
