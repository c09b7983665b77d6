package io.caravan.load;

import io.caravan.base.CaravanException;
import io.caravan.base.ErrorCode;
import io.caravan.model.LedgerEntry;
import io.caravan.model.LoadCounts;
import io.caravan.model.LoadRecord;
import io.caravan.model.ObjectVersion;
import io.caravan.model.Outcome;
import io.caravan.model.PhaseTimes;
import io.caravan.model.TableName;
import io.caravan.spi.Warehouse;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes into the run history and the ledger what failed for good. If that fails too, the log has to do. */
final class FailedLoads {

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

    FailedLoads(Warehouse warehouse, LedgerIndex index, LoadIds ids, Clock clock, String feed, TableName target) {
        this.warehouse = warehouse;
        this.index = index;
        this.ids = ids;
        this.clock = clock;
        this.feed = feed;
        this.target = target;
    }

    /** Returns whether the ledger, as of the last look, says that just this version has failed. */
    boolean contain(ObjectVersion object) {
        return index.isFailed(object);
    }

    /**
     * Writes down a load that has failed.
     *
     * @param started when its first try began
     */
    void add(String loadId, Instant started, CaravanException reason) {
        // Of a commit whose connection died nobody knows yet; the next load of the feed will read it in the ledger.
        if (reason.code() != ErrorCode.COMMIT_LOST && !OUT_OF_REACH.contains(reason.code())) {
            write(loadId, () -> warehouse.record(record(loadId, started, reason, List.of())));
        }
    }

    /** Writes down objects that are set aside, unless that is known, or another process has been able to load them. */
    void add(List<FailedObject> objects) {
        if (objects.stream().allMatch(failed -> contain(failed.object()))) {
            return;
        }
        String loadId = ids.next();
        CaravanException reason = objects.get(0).reason();
        Instant started = clock.instant();
        write(loadId, () -> {
            index.prepare();
            boolean written = false;
            while (!written) {
                long position = index.refresh();
                List<LedgerEntry> entries = entries(objects);
                written = entries.isEmpty() || warehouse.record(record(loadId, started, reason, entries), position);
            }
            index.refresh();
        });
    }

    private List<LedgerEntry> entries(List<FailedObject> objects) {
        return objects.stream()
                .filter(failed -> {
                    ObjectVersion object = failed.object();
                    return !contain(object) && !index.contains(object);
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
        return new LoadRecord(
                loadId,
                feed,
                target,
                started,
                clock.instant(),
                Outcome.FAILED,
                entries,
                PhaseTimes.NONE,
                reason.code(),
                reason.getMessage());
    }

    private static void write(String loadId, Runnable writing) {
        try {
            writing.run();
        } catch (CaravanException e) {
            log.warn("Could not record the failed load {}: {}", loadId, e.getMessage());
        }
    }
}
