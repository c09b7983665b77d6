package io.caravan.load.staging;

import static java.util.Objects.requireNonNull;

import io.caravan.load.tally.LoadIds;
import io.caravan.spi.StagedLoad;
import io.caravan.spi.StagingArea;
import io.caravan.spi.Warehouse;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Deletes the data files that dead loads have left in the staging area. A load whose process was killed is in no table: only
 * the time of its last data file is known.
 */
public final class Leftovers {

    private static final Logger log = LoggerFactory.getLogger(Leftovers.class);

    private final StagingArea area;
    private final Warehouse warehouse;
    private final Duration keep;
    private final Clock clock;

    /**
     * Deletes nothing yet.
     *
     * @param keep how long after its last data file a load that is not known to have ended may still live
     */
    public Leftovers(StagingArea area, Warehouse warehouse, Duration keep, Clock clock) {
        this.area = requireNonNull(area, "area");
        this.warehouse = requireNonNull(warehouse, "warehouse");
        this.keep = requireNonNull(keep, "keep");
        this.clock = requireNonNull(clock, "clock");
    }

    /**
     * Deletes the data files of loads that have ended by the run history, or whose last data file is too old for a running
     * load. A failure is logged, and the next call tries again.
     */
    public void delete() {
        try {
            List<StagedLoad> loads = area.findLoads().stream()
                    .filter(load -> LoadIds.isId(load.loadId()))
                    .toList();
            Set<String> ended = ended(loads);
            Instant oldest = clock.instant().minus(keep);
            for (StagedLoad load : loads) {
                if (ended.contains(load.loadId()) || load.lastWritten().isBefore(oldest)) {
                    area.delete(load);
                    log.info(
                            "Deleted {} data files that load {} had left",
                            load.keys().size(),
                            load.loadId());
                }
            }
        } catch (RuntimeException e) {
            // Whatever it is, loads go on, and so does the next time.
            log.warn("Could not delete the data files that dead loads have left: {}", e.getMessage());
        }
    }

    private Set<String> ended(List<StagedLoad> loads) {
        Set<String> ended = new HashSet<>();
        loads.stream()
                .map(StagedLoad::loadId)
                .min(String::compareTo)
                .ifPresent(first -> warehouse.readEndedLoads(first, ended::add));
        return ended;
    }
}
