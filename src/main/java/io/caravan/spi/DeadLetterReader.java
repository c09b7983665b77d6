package io.caravan.spi;

import io.caravan.model.ledger.DeadLetter;
import io.caravan.model.ledger.DeadLetterFilter;
import java.util.Iterator;

/**
 * Reads dead letters one by one, at the pace of who asks for them. Used by one thread; throws what {@link DeadLetters}
 * throws.
 */
public interface DeadLetterReader extends AutoCloseable {

    /** Begins to read, by line; what was being read before ends. */
    Iterator<DeadLetter> read(DeadLetterFilter filter);

    @Override
    void close();
}
