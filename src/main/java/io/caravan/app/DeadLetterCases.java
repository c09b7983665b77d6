package io.caravan.app;

import io.caravan.model.DeadLetter;
import io.caravan.model.DeadLetterCount;
import io.caravan.model.DeadLetterFilter;
import io.caravan.redshift.RedshiftWarehouse;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/** What the commands about dead letters do that need no more than the warehouse. */
final class DeadLetterCases implements DeadLetterReading, DeadLettersDropCommand.Dropping {

    @Override
    public long read(Settings settings, DeadLetterFilter filter, long limit, Consumer<DeadLetter> action) {
        long shown;
        try (RedshiftWarehouse warehouse = Engine.warehouse(settings)) {
            shown = warehouse.deadLetters().read(filter, limit, action);
        }
        Feeds.check(settings, shown, filter.feed());
        return shown;
    }

    @Override
    public void count(Settings settings, DeadLetterFilter filter, Consumer<DeadLetterCount> action) {
        try (RedshiftWarehouse warehouse = Engine.warehouse(settings)) {
            warehouse.deadLetters().count(filter, action);
        }
    }

    @Override
    public long drop(Settings settings, DeadLetterFilter open, boolean dryRun) {
        try (RedshiftWarehouse warehouse = Engine.warehouse(settings)) {
            if (!dryRun) {
                return warehouse.deadLetters().drop(open);
            }
            AtomicLong letters = new AtomicLong();
            warehouse.deadLetters().count(open, count -> letters.addAndGet(count.letters()));
            return letters.get();
        }
    }
}
