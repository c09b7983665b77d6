package io.caravan.load.staging;

import io.caravan.base.BackgroundTask;
import io.caravan.base.ErrorCode;
import io.caravan.base.RetryableException;
import io.caravan.load.tally.ObjectTally;
import io.caravan.model.feed.MergePlan;
import io.caravan.spi.CopyTolerance;
import io.caravan.spi.DataFiles;
import io.caravan.spi.RowWriter;
import io.caravan.spi.StagingArea;
import io.caravan.spi.StagingSession;
import io.caravan.spi.StagingTable;
import java.time.Clock;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes rows into data files, while the next ones are read, and from there into the staging tables by COPY. The first data
 * files of a large load are copied while others are written; the rest, and all of a small load, by one COPY for each staging
 * table. If a COPY refuses rows, all are copied again without these.
 */
public final class CopyStaging implements Staging {

    private static final Logger log = LoggerFactory.getLogger(CopyStaging.class);

    /** How many data files of rows are worth a COPY while others are written: each COPY has its price, whatever it reads. */
    private static final int FILES_AHEAD = 2;

    private final StagingSession session;
    private final MergePlan plan;
    private final StagingArea area;
    private final String loadId;
    private final String nullMarker;
    private final long maxRejectedRows;
    private final boolean copiesAhead;
    private final Clock clock;
    private final Consumer<Duration> pause;
    private final BackgroundTask writing;
    private final BackgroundTask copying;
    private final Map<StagingTable, DataFiles> files = new EnumMap<>(StagingTable.class);

    /** How many data files of rows were copied ahead, or are on their way. */
    private int ahead;

    /** Whether COPY has refused rows, so that nothing is staged. */
    private boolean refused;

    /**
     * Writes nothing yet.
     *
     * @param plan the plan by which the staging tables were created
     * @param nullMarker the text for NULL
     * @param maxRejectedRows most rejected rows of an object before the object as a whole is rejected
     * @param copiesAhead whether data files may be copied while others are written; not if someone else commits what is
     *     staged, as it could not be copied again then
     * @param pause waits, while the clock goes on
     */
    public CopyStaging(
            StagingSession session,
            MergePlan plan,
            StagingArea area,
            String loadId,
            String nullMarker,
            long maxRejectedRows,
            boolean copiesAhead,
            Clock clock,
            Consumer<Duration> pause) {
        this.session = session;
        this.plan = plan;
        this.area = area;
        this.loadId = loadId;
        this.nullMarker = nullMarker;
        this.maxRejectedRows = maxRejectedRows;
        this.copiesAhead = copiesAhead;
        this.clock = clock;
        this.pause = pause;
        this.writing = new BackgroundTask("rows-" + loadId, "writing data files");
        this.copying = new BackgroundTask("copy-" + loadId, "copying data files");
    }

    @Override
    public void write(StagingTable table, Consumer<RowWriter> rows) {
        writing.start(() -> {
            rows.accept(files.computeIfAbsent(table, name -> area.create(loadId, name.tableName(), nullMarker)));
            if (copiesAhead && table == StagingTable.ROWS) {
                copyAhead(files.get(table));
            }
        });
    }

    private void copyAhead(DataFiles rows) {
        int stored = rows.stored();
        if (!copying.isIdle() || refused || stored - ahead < FILES_AHEAD) {
            return;
        }
        String manifest = rows.manifest(ahead, stored);
        ahead = stored;
        copying.start(() -> {
            refused = !isAccepted(() -> copy(StagingTable.ROWS, manifest, CopyTolerance.NONE));
            // The rest is still to be read, and nobody is to wait for that with a transaction open.
            session.endPrivatePart();
        });
    }

    @Override
    public void finish(List<ObjectTally> tallies) {
        settle();
        files.values().forEach(DataFiles::finish);
        if (!refused && isAccepted(() -> copyFrom(ahead, CopyTolerance.NONE))) {
            return;
        }
        if (!isAccepted(() -> copyFrom(0, CopyTolerance.SOME))) {
            copyFrom(0, CopyTolerance.ALL);
        }
        DataFiles rows = files.get(StagingTable.ROWS);
        if (rows != null) {
            new RefusedRows(session, plan, rows, maxRejectedRows, clock, pause).reject(tallies);
        }
    }

    /** Copies everything but the first data files of rows. */
    private void copyFrom(int firstOfRows, CopyTolerance tolerance) {
        files.forEach((table, dataFiles) -> {
            int first = table == StagingTable.ROWS ? firstOfRows : 0;
            if (first < dataFiles.stored()) {
                copy(table, dataFiles.manifest(first, dataFiles.stored()), tolerance);
            }
        });
    }

    private void copy(StagingTable table, String manifest, CopyTolerance tolerance) {
        session.copy(table, manifest, nullMarker, tolerance);
    }

    /** Returns false if rows are refused; then nothing that was copied is staged. */
    private boolean isAccepted(Runnable copy) {
        try {
            copy.run();
            return true;
        } catch (RetryableException e) {
            if (e.code() != ErrorCode.WAREHOUSE_REFUSED_ROWS) {
                throw e;
            }
            log.warn("COPY refuses rows of load {}; it is done again without them", loadId);
            return false;
        }
    }

    @Override
    public void settle() {
        writing.await();
        copying.await();
    }

    @Override
    public void stop() {
        writing.close();
        copying.close();
    }

    @Override
    public void close() {
        stop();
        files.values().forEach(DataFiles::close);
    }
}
