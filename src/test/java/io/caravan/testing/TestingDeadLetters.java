package io.caravan.testing;

import io.caravan.model.feed.ObjectOrder;
import io.caravan.model.ledger.DeadLetter;
import io.caravan.model.ledger.DeadLetterCount;
import io.caravan.model.ledger.DeadLetterFilter;
import io.caravan.model.ledger.DeadLetterGroup;
import io.caravan.model.ledger.LoadRecord;
import io.caravan.model.ledger.RecordedRepair;
import io.caravan.model.ledger.RejectedRows;
import io.caravan.model.table.TableName;
import io.caravan.spi.DeadLetterReader;
import io.caravan.spi.DeadLetters;
import io.caravan.spi.Ledger;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** No dead letters; the sandbox is there for everything that SQL does. */
public final class TestingDeadLetters implements DeadLetters {

    @Override
    public long read(DeadLetterFilter filter, long limit, Consumer<DeadLetter> action) {
        return 0;
    }

    @Override
    public void read(String load, @Nullable DeadLetter after, Predicate<DeadLetter> wantsIt) {}

    @Override
    public void count(DeadLetterFilter filter, Consumer<DeadLetterCount> action) {}

    @Override
    public List<RejectedRows> rejectedRows(List<String> loads) {
        return List.of();
    }

    @Override
    public long readRepaired(DeadLetterFilter filter, long limit, Consumer<RecordedRepair> action) {
        return 0;
    }

    @Override
    public long drop(DeadLetterFilter filter) {
        return 0;
    }

    @Override
    public List<DeadLetterGroup> groups(
            TableName target,
            DeadLetterFilter filter,
            ObjectOrder order,
            long until,
            @Nullable DeadLetterGroup after,
            int limit) {
        return List.of();
    }

    @Override
    public long lastPosition(TableName target) {
        return 0;
    }

    @Override
    public DeadLetterReader reader() {
        throw new UnsupportedOperationException();
    }

    @Override
    public boolean rearm(LoadRecord load, DeadLetterGroup rejected, Ledger.Mode mode) {
        return false;
    }
}
