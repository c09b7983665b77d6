package io.caravan.load.feed;

import static java.util.Objects.requireNonNull;

import io.caravan.load.ledger.FailedLoads;
import io.caravan.load.ledger.LedgerIndexes;
import io.caravan.load.tally.LoadIds;
import io.caravan.model.table.TableName;
import io.caravan.spi.LoadListener;
import io.caravan.spi.Warehouse;
import java.time.Clock;
import java.util.random.RandomGenerator;

/** Makes the loads of each feed. */
public final class FeedLoadsFactory {

    private final Warehouse warehouse;
    private final LedgerIndexes ledger;
    private final LoadListener listener;
    private final LoadSlots slots;
    private final Clock clock;
    private final RandomGenerator random;

    /**
     * Takes what all feeds share.
     *
     * @param slots how many loads run at a time
     * @param random for the ids of loads, so one that cannot be guessed, and for delays
     */
    public FeedLoadsFactory(
            Warehouse warehouse,
            LedgerIndexes ledger,
            LoadListener listener,
            LoadSlots slots,
            Clock clock,
            RandomGenerator random) {
        this.warehouse = requireNonNull(warehouse, "warehouse");
        this.ledger = requireNonNull(ledger, "ledger");
        this.listener = requireNonNull(listener, "listener");
        this.slots = requireNonNull(slots, "slots");
        this.clock = requireNonNull(clock, "clock");
        this.random = requireNonNull(random, "random");
    }

    /**
     * Returns the loads of one feed.
     *
     * @param watch how the feed learns of new objects
     * @param patience how to wait between tries
     */
    public FeedLoads of(
            String feed,
            TableName target,
            FeedWatch watch,
            ObjectSource source,
            RetryPolicy policy,
            Patience patience) {
        FailedLoads failedLoads =
                new FailedLoads(warehouse, ledger.of(target), new LoadIds(clock, random), clock, feed, target);
        Lookout lookout = new Lookout(feed, watch, listener, patience, clock);
        Retrying retrying = new Retrying(policy, patience, clock, random);
        return new FeedLoads(feed, watch, lookout, source, failedLoads, retrying, listener, slots);
    }
}
