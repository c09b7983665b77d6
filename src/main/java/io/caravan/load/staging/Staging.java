package io.caravan.load.staging;

import io.caravan.load.tally.ObjectTally;
import io.caravan.spi.RowWriter;
import io.caravan.spi.StagingTable;
import java.util.List;
import java.util.function.Consumer;

/** One way to bring rows into the staging tables. */
public interface Staging extends AutoCloseable {

    /**
     * Stages rows, in the order of the calls, perhaps on another thread while the caller goes on.
     *
     * @param rows writes them; whoever reads them from now on must not change them
     */
    void write(StagingTable table, Consumer<RowWriter> rows);

    /**
     * Completes the staging, so that every row is in its staging table. A row that the warehouse refuses becomes a rejected
     * row.
     *
     * @param tallies the load's objects, which learn of such rows
     */
    void finish(List<ObjectTally> tallies);

    /** Waits until all work that was begun is done; then nobody else uses the session. */
    default void settle() {}

    /** Ends the work that was begun and begins no more; from then on nobody else uses the session. */
    default void stop() {}

    @Override
    void close();
}
