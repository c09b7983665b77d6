package io.caravan.load.ledger;

import io.caravan.base.CaravanException;
import io.caravan.base.ErrorCode;
import io.caravan.load.tally.FailedObject;
import io.caravan.load.tally.LoadIds;
import io.caravan.model.ObjectVersion;
import io.caravan.model.ledger.LedgerEntry;
import io.caravan.model.ledger.LoadCounts;
import io.caravan.model.ledger.LoadRecord;
import io.caravan.model.ledger.Outcome;
import io.caravan.model.table.TableName;
import io.caravan.spi.Warehouse;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes final failures into the run history and the ledger. If the warehouse does not take a failed load's entry in the run
 * history, the log is enough. But a failed object must be in the ledger before newer ones load: otherwise a restarted
 * process would take it for a new object, and overwrite newer rows.
 */
public final class FailedLoads {

    private static final Logger log = LoggerFactory.getLogger(FailedLoads.class);

    /** Who cannot be reached cannot be written to. */
    private static final Set<ErrorCode> OUT_OF_REACH =
            Set.of(ErrorCode.WAREHOUSE_UNREACHABLE, ErrorCode.WAREHOUSE_LOGIN, ErrorCode.WAREHOUSE_POOL_EXHAUSTED);

    private final Warehouse warehouse;
    private final LedgerIndex index;
    private final LoadIds ids;
    private final Clock clock;
    private final String feed;
    private final TableName target;
    private final List<FailedObject> unwritten = new ArrayList<>();

    public FailedLoads(
            Warehouse warehouse, LedgerIndex index, LoadIds ids, Clock clock, String feed, TableName target) {
        this.warehouse = warehouse;
        this.index = index;
        this.ids = ids;
        this.clock = clock;
        this.feed = feed;
        this.target = target;
    }

    /** Returns whether the ledger, as of the last look, has exactly this version as failed. */
    public boolean contain(ObjectVersion object) {
        return index.isFailed(object);
    }

    /**
     * Writes down a load that has failed.
     *
     * @param started when its first try began
     */
    public void add(String loadId, Instant started, CaravanException reason) {
        // Of a commit whose connection died nobody knows yet; the next load of the feed will read it in the ledger.
        if (reason.code() != ErrorCode.COMMIT_LOST && !OUT_OF_REACH.contains(reason.code())) {
            try {
                warehouse.record(record(loadId, started, reason, List.of()));
            } catch (CaravanException e) {
                log.warn("Could not record the failed load {}: {}", loadId, e.getMessage());
            }
        }
    }

    /**
     * Writes the objects that are set aside, unless the ledger has them already, or another process has loaded them.
     *
     * @throws CaravanException if the ledger does not take them; {@link #writeLeft} tries again
     */
    public void add(List<FailedObject> objects) {
        objects.stream().filter(failed -> !contain(failed.object())).forEach(unwritten::add);
        writeLeft();
    }

    /**
     * Writes the entries that could not be written when they were added.
     *
     * @throws CaravanException if it still cannot
     */
    public void writeLeft() {
        if (unwritten.isEmpty()) {
            return;
        }
        String loadId = ids.next();
        CaravanException reason = unwritten.get(0).reason();
        Instant started = clock.instant();
        index.prepare();
        boolean written = false;
        while (!written) {
            long position = index.refresh();
            List<LedgerEntry> entries = entries(unwritten);
            written = entries.isEmpty() || warehouse.record(record(loadId, started, reason, entries), position);
        }
        unwritten.clear();
        index.refresh();
    }

    private List<LedgerEntry> entries(List<FailedObject> objects) {
        return objects.stream()
                .filter(failed -> {
                    ObjectVersion object = failed.object();
                    return !contain(object) && !index.contains(object) && !index.hasLaterVersion(object);
                })
                .map(failed -> new LedgerEntry(
                        failed.object(),
                        null,
                        Outcome.FAILED,
                        LoadCounts.NONE,
                        failed.reason().code(),
                        failed.reason().getMessage()))
                .toList();
    }

    private LoadRecord record(String loadId, Instant started, CaravanException reason, List<LedgerEntry> entries) {
        return LoadRecord.failed(loadId, feed, target, started, clock.instant(), entries, reason);
    }
}
