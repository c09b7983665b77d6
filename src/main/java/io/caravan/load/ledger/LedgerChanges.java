package io.caravan.load.ledger;

import static java.util.Objects.requireNonNull;

import io.caravan.load.tally.LoadIds;
import io.caravan.model.ObjectVersion;
import io.caravan.model.feed.Feed;
import io.caravan.model.key.KeyWish;
import io.caravan.model.ledger.DeadLetterGroup;
import io.caravan.model.ledger.LoadRecord;
import io.caravan.model.ledger.ObjectFilter;
import io.caravan.model.ledger.Outcome;
import io.caravan.model.ledger.PhaseTimes;
import io.caravan.spi.DeadLetters;
import io.caravan.spi.Ledger;
import io.caravan.spi.Ledger.Mode;
import io.caravan.spi.ObjectStore;
import io.caravan.spi.ObjectStores;
import io.caravan.spi.Warehouse;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;

/** Changes of the ledger by people: objects that must be loaded again, or never. */
public final class LedgerChanges {

    private final ObjectStores stores;
    private final Warehouse warehouse;
    private final Ledger ledger;
    private final DeadLetters letters;
    private final Clock clock;
    private final LoadIds ids;

    public LedgerChanges(
            ObjectStores stores,
            Warehouse warehouse,
            Ledger ledger,
            DeadLetters letters,
            Clock clock,
            RandomGenerator random) {
        this.stores = requireNonNull(stores, "stores");
        this.warehouse = requireNonNull(warehouse, "warehouse");
        this.ledger = requireNonNull(ledger, "ledger");
        this.letters = requireNonNull(letters, "letters");
        this.clock = requireNonNull(clock, "clock");
        this.ids = new LoadIds(clock, random);
    }

    /** Lets objects that are done be loaded again by the next pass, and returns how many. */
    public long rearm(Feed feed, ObjectFilter filter, Mode mode) {
        return ledger.rearm(feed, record(feed, Outcome.REARMED), filter, mode);
    }

    /**
     * Marks the objects in the store that are not done as never to be loaded, and returns their number.
     *
     * @param wanted selects the feed's objects
     */
    public long skip(Feed feed, Predicate<ObjectVersion> wanted, Mode mode) {
        if (mode == Mode.WRITE) {
            warehouse.prepareLedger(feed.target());
        }
        ObjectStore store = stores.of(feed);
        return ledger.skip(
                feed,
                record(feed, Outcome.SKIPPED),
                action -> feed.prefixes()
                        .forEach(prefix -> store.list(feed.bucket(), prefix, object -> {
                            if (wanted.test(object) && feed.wish(object) == KeyWish.WANTED) {
                                action.accept(object);
                            }
                        })),
                mode);
    }

    /**
     * Lets an object be loaded again that was rejected as a whole, and marks its dead letters as replayed.
     *
     * @return false if another version of the object has been dealt with since
     */
    public boolean rearm(Feed feed, DeadLetterGroup rejected, Mode mode) {
        return letters.rearm(record(feed, Outcome.REARMED), rejected, mode);
    }

    private LoadRecord record(Feed feed, Outcome outcome) {
        Instant now = clock.instant();
        return new LoadRecord(
                ids.next(), feed.name(), feed.target(), now, now, outcome, List.of(), PhaseTimes.NONE, null, null);
    }
}
