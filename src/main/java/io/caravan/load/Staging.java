package io.caravan.load;

import io.caravan.spi.LoadSession;
import io.caravan.spi.RowWriter;
import io.caravan.spi.StagingTable;

/** One way to bring rows into the staging tables. */
interface Staging extends AutoCloseable {

    /** Returns where the rows of a staging table go. */
    RowWriter writer(StagingTable table);

    /** Sees to it that every row is in its staging table. */
    void finish(LoadSession session);

    @Override
    void close();
}
