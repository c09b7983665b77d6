package io.caravan.load;

import io.caravan.base.BackgroundTask;
import io.caravan.base.ErrorCode;
import io.caravan.base.RetryableException;
import io.caravan.spi.CopyTolerance;
import io.caravan.spi.DataFiles;
import io.caravan.spi.LoadSession;
import io.caravan.spi.RowWriter;
import io.caravan.spi.StagingArea;
import io.caravan.spi.StagingTable;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Rows go into data files, while the next ones are read, and from there by one COPY for each staging table. If one of them
 * refuses rows, all are done again without these.
 */
final class CopyStaging implements Staging {

    private static final Logger log = LoggerFactory.getLogger(CopyStaging.class);

    private final StagingArea area;
    private final String loadId;
    private final String nullMarker;
    private final long maxRejectedRows;
    private final BackgroundTask writing;
    private final Map<StagingTable, DataFiles> files = new EnumMap<>(StagingTable.class);

    /**
     * Writes nothing yet.
     *
     * @param nullMarker how NULL is written
     * @param maxRejectedRows most rejected rows of an object before the object as a whole is rejected
     */
    CopyStaging(StagingArea area, String loadId, String nullMarker, long maxRejectedRows) {
        this.area = area;
        this.loadId = loadId;
        this.nullMarker = nullMarker;
        this.maxRejectedRows = maxRejectedRows;
        this.writing = new BackgroundTask("rows-" + loadId, "writing data files");
    }

    @Override
    public void write(StagingTable table, Consumer<RowWriter> rows) {
        writing.start(() ->
                rows.accept(files.computeIfAbsent(table, name -> area.create(loadId, name.tableName(), nullMarker))));
    }

    @Override
    public void finish(LoadSession session, List<ObjectTally> tallies) {
        writing.await();
        Map<StagingTable, String> manifests = new EnumMap<>(StagingTable.class);
        files.forEach((table, dataFiles) -> manifests.put(table, dataFiles.finish()));
        DataFiles rows = files.get(StagingTable.ROWS);
        if (copy(session, manifests) != CopyTolerance.NONE && rows != null) {
            new RefusedRows(session, rows, maxRejectedRows).reject(tallies);
        }
    }

    /** Returns the least tolerance with which everything could be copied. */
    private CopyTolerance copy(LoadSession session, Map<StagingTable, String> manifests) {
        CopyTolerance tolerance = CopyTolerance.NONE;
        while (!isCopied(session, manifests, tolerance)) {
            log.warn("COPY refuses rows of load {}; it is done again without them", loadId);
            tolerance = tolerance == CopyTolerance.NONE ? CopyTolerance.SOME : CopyTolerance.ALL;
        }
        return tolerance;
    }

    private boolean isCopied(LoadSession session, Map<StagingTable, String> manifests, CopyTolerance tolerance) {
        try {
            manifests.forEach((table, manifest) -> session.copy(table, manifest, nullMarker, tolerance));
            return true;
        } catch (RetryableException e) {
            if (e.code() != ErrorCode.WAREHOUSE_REFUSED_ROWS || tolerance == CopyTolerance.ALL) {
                throw e;
            }
            return false;
        }
    }

    @Override
    public void close() {
        writing.close();
        files.values().forEach(DataFiles::close);
    }
}
