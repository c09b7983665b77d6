package io.caravan.load;

import io.caravan.spi.LoadSession;
import io.caravan.spi.RowWriter;
import io.caravan.spi.StagingTable;
import java.util.List;

/** One way to bring rows into the staging tables. */
interface Staging extends AutoCloseable {

    /** Returns where the rows of a staging table go. */
    RowWriter writer(StagingTable table);

    /**
     * Sees to it that every row is in its staging table. A row that the warehouse refuses becomes a rejected row.
     *
     * @param tallies the load's objects, which learn of such rows
     */
    void finish(LoadSession session, List<ObjectTally> tallies);

    @Override
    void close();
}
