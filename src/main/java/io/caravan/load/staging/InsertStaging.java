package io.caravan.load.staging;

import io.caravan.load.tally.ObjectTally;
import io.caravan.spi.RowWriter;
import io.caravan.spi.StagingInsert;
import io.caravan.spi.StagingSession;
import io.caravan.spi.StagingTable;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Inserts rows directly into the staging tables. */
public final class InsertStaging implements Staging {

    private final StagingSession session;
    private final Map<StagingTable, StagingInsert> inserts = new EnumMap<>(StagingTable.class);

    public InsertStaging(StagingSession session) {
        this.session = session;
    }

    @Override
    public void write(StagingTable table, Consumer<RowWriter> rows) {
        rows.accept(inserts.computeIfAbsent(table, session::insert));
        // The next rows are still to be read, and nobody is to wait for that with a transaction open.
        session.endPrivatePart();
    }

    @Override
    public void finish(List<ObjectTally> tallies) {
        inserts.values().forEach(StagingInsert::flush);
    }

    @Override
    public void close() {
        // The session closes its own statements.
    }
}
