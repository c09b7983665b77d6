package io.caravan.load.feed;

import io.caravan.load.ledger.LedgerIndexes;
import io.caravan.model.ledger.LoadRecord;
import io.caravan.model.ledger.Outcome;
import io.caravan.model.table.Column;
import io.caravan.model.table.ColumnType;
import io.caravan.model.table.TableName;
import io.caravan.model.table.TargetTable;
import io.caravan.testing.TestingClock;
import io.caravan.testing.TestingWarehouse;
import java.time.Duration;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * The feed {@code employee} with all that is around it in memory. It has five tries a load, after 1, 2, 4 and 8 seconds; then
 * pauses of 60, 120, ... 600 seconds.
 */
final class TestingFeedLoads {

    static final TableName TARGET = TableName.parse("public.employee");

    private final TestingClock clock = new TestingClock();
    private final TestingSource source = new TestingSource(clock);
    private final TestingPatience patience = new TestingPatience(clock);
    private final ToldWords told = new ToldWords();
    private final TestingWarehouse warehouse = new TestingWarehouse(
            new TargetTable(TARGET, List.of(new Column("id", ColumnType.of(ColumnType.Kind.INTEGER), false, false))));
    private final RandomGenerator random;

    /** Makes one from whose delays chance takes nothing off. */
    TestingFeedLoads() {
        this(() -> 0);
    }

    TestingFeedLoads(RandomGenerator random) {
        this.random = random;
    }

    TestingClock clock() {
        return clock;
    }

    TestingSource source() {
        return source;
    }

    TestingPatience patience() {
        return patience;
    }

    ToldWords told() {
        return told;
    }

    TestingWarehouse warehouse() {
        return warehouse;
    }

    /** Returns its loads, as a process begins with them. */
    FeedLoads loads() {
        return loads(LoadSlots.unlimited(), FeedWatch.polling(""));
    }

    FeedLoads loads(LoadSlots slots, FeedWatch watch) {
        LedgerIndexes ledger = new LedgerIndexes(warehouse, Duration.ZERO, clock);
        return new FeedLoadsFactory(warehouse, ledger, told, slots, clock, random)
                .of("employee", TARGET, watch, source, RetryPolicy.DEFAULT, patience);
    }

    /** Returns the failed loads in the run history: the code and the keys of the objects. */
    List<String> recorded() {
        return warehouse.loads().stream()
                .filter(load -> load.outcome() == Outcome.FAILED)
                .map(load -> load.errorCode() + " " + keys(load))
                .toList();
    }

    private static List<String> keys(LoadRecord load) {
        return load.objects().stream().map(entry -> entry.object().key()).toList();
    }
}
