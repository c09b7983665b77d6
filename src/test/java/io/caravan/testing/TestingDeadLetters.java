package io.caravan.testing;

import io.caravan.model.DeadLetter;
import io.caravan.model.DeadLetterCount;
import io.caravan.model.DeadLetterFilter;
import io.caravan.spi.DeadLetters;
import java.util.function.Consumer;

/** No dead letters; the sandbox is there for everything that SQL does. */
public final class TestingDeadLetters implements DeadLetters {

    @Override
    public long read(DeadLetterFilter filter, long limit, Consumer<DeadLetter> action) {
        return 0;
    }

    @Override
    public void count(DeadLetterFilter filter, Consumer<DeadLetterCount> action) {}

    @Override
    public long drop(DeadLetterFilter filter) {
        return 0;
    }
}
