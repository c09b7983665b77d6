package io.caravan.load.ledger;

import static java.util.Objects.requireNonNull;

import io.caravan.model.ObjectVersion;
import io.caravan.model.feed.Feed;
import io.caravan.model.table.TableName;
import io.caravan.spi.Warehouse;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The indexes of the ledgers of all targets; feeds of one target share one. Safe for use by several threads. */
public final class LedgerIndexes {

    private final Warehouse warehouse;
    private final Duration refresh;
    private final Clock clock;
    private final Consumer<TableName> firstRead;
    private final Map<TableName, LedgerIndex> indexes = new ConcurrentHashMap<>();

    /**
     * Knows nothing yet.
     *
     * @param refresh the longest time between two looks at a ledger, if no object gives a reason for one
     */
    public LedgerIndexes(Warehouse warehouse, Duration refresh, Clock clock) {
        this(warehouse, refresh, clock, target -> {});
    }

    /**
     * Knows nothing yet.
     *
     * @param firstRead is told of each target whose ledger has been read for the first time, while the warehouse is awake;
     *     throws nothing
     */
    public LedgerIndexes(Warehouse warehouse, Duration refresh, Clock clock, Consumer<TableName> firstRead) {
        this.firstRead = requireNonNull(firstRead, "firstRead");
        this.warehouse = requireNonNull(warehouse, "warehouse");
        this.refresh = requireNonNull(refresh, "refresh");
        this.clock = requireNonNull(clock, "clock");
    }

    public LedgerIndex of(TableName target) {
        return indexes.computeIfAbsent(target, name -> new LedgerIndex(warehouse, name, clock, firstRead));
    }

    /**
     * Returns whether the version is the one last dealt with under its key, as far as is known since the last look.
     *
     * @throws io.caravan.base.RetryableException if the ledger has never been read, and cannot be
     */
    public Known find(TableName target, ObjectVersion object) {
        return of(target).find(object);
    }

    /** Returns whether the ledger knows a key, as of the last look; empty if there was none. Looks at nothing. */
    public Optional<Boolean> isKnown(TableName target, String bucket, String key) {
        @Nullable LedgerIndex index = indexes.get(target);
        return index == null ? Optional.empty() : index.isKnown(bucket, key);
    }

    /**
     * Returns the new ones of some objects that were stored again, with one query.
     *
     * @throws io.caravan.base.RetryableException if the ledger cannot be read
     */
    public List<ObjectVersion> findNew(TableName target, List<ObjectVersion> storedAgain) {
        return of(target).findNew(storedAgain);
    }

    /**
     * Reads the ledger, unless it was read recently, since people may have rearmed objects. The loads of other processes
     * show without this: each load looks under its lock, and one of many bytes before it reads them; so does the check of objects
     * that were stored again.
     */
    public void look(TableName target) {
        of(target).refreshIfOlderThan(refresh);
    }

    /** Warns of a feed's target that holds no row although the ledger has objects loaded into it; looks once. */
    public void tellOfLostRows(Feed feed) {
        LedgerIndex index = of(feed.target());
        if (index.hasEntries()) {
            index.lostRows().lookOnce(warehouse, feed);
        }
    }
}
