package io.caravan.load;

import io.caravan.spi.DataFiles;
import io.caravan.spi.LoadSession;
import io.caravan.spi.RowWriter;
import io.caravan.spi.StagingArea;
import io.caravan.spi.StagingTable;
import java.util.EnumMap;
import java.util.Map;

/** Rows go into data files, and from there by one COPY for each staging table. */
final class CopyStaging implements Staging {

    private final StagingArea area;
    private final String loadId;
    private final String nullMarker;
    private final Map<StagingTable, DataFiles> files = new EnumMap<>(StagingTable.class);

    CopyStaging(StagingArea area, String loadId, String nullMarker) {
        this.area = area;
        this.loadId = loadId;
        this.nullMarker = nullMarker;
    }

    @Override
    public RowWriter writer(StagingTable table) {
        return files.computeIfAbsent(table, name -> area.create(loadId, name.tableName(), nullMarker));
    }

    @Override
    public void finish(LoadSession session) {
        files.forEach((table, dataFiles) -> session.copy(table, dataFiles.finish(), nullMarker));
    }

    @Override
    public void close() {
        files.values().forEach(DataFiles::close);
    }
}
