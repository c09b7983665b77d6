package io.caravan.testing;

import io.caravan.load.Loads;
import io.caravan.load.StagingChoice;
import io.caravan.load.feed.FeedLoadsFactory;
import io.caravan.load.feed.LoadSlots;
import io.caravan.load.ledger.LedgerIndexes;
import io.caravan.load.tally.LoadIds;
import io.caravan.spi.LoadListener;
import io.caravan.spi.ObjectStore;
import io.caravan.spi.ProcessDeaths;
import io.caravan.spi.Warehouse;
import java.time.Clock;
import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * Loads as the service wires them, but for what most tests do not care for: rows are staged by INSERT unless said otherwise, no
 * process has ended, and any number of loads run at a time.
 */
public record TestingLoads(Loads loads, FeedLoadsFactory feeds) {

    public static TestingLoads of(
            ObjectStore store,
            Warehouse warehouse,
            Duration ledgerRefresh,
            LoadListener listener,
            Clock clock,
            RandomGenerator random) {
        return of(store, warehouse, StagingChoice.INSERT, ledgerRefresh, listener, clock, random);
    }

    public static TestingLoads of(
            ObjectStore store,
            Warehouse warehouse,
            StagingChoice staging,
            Duration ledgerRefresh,
            LoadListener listener,
            Clock clock,
            RandomGenerator random) {
        LedgerIndexes ledger = new LedgerIndexes(warehouse, ledgerRefresh, clock);
        return new TestingLoads(
                new Loads(
                        feed -> store,
                        warehouse,
                        ledger,
                        staging,
                        ProcessDeaths.NONE,
                        listener,
                        clock,
                        new LoadIds(clock, random)),
                new FeedLoadsFactory(warehouse, ledger, listener, LoadSlots.unlimited(), clock, random));
    }
}
