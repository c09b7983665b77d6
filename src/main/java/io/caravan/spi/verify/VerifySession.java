package io.caravan.spi.verify;

import io.caravan.model.ObjectVersion;
import io.caravan.model.feed.Feed;
import io.caravan.model.ledger.LedgerMark;
import io.caravan.model.table.Column;
import io.caravan.model.table.TargetTable;
import io.caravan.model.verify.LedgerLoad;
import io.caravan.model.verify.TableComparison;
import io.caravan.model.verify.TableDifferences;
import io.caravan.spi.LoadSession;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * One connection to the warehouse, on which past loads of a target are repeated into a temporary table, the stand-in, which
 * is then compared with the target. Only temporary tables are written, and nothing is locked. Used by one thread.
 *
 * <p>Every method throws {@link io.caravan.base.RetryableException} if the warehouse cannot be reached or fails.
 */
public interface VerifySession extends AutoCloseable {

    /** Returns the target. */
    TargetTable target();

    /** Creates the stand-in, without rows. */
    void createStandIn();

    /** Puts the keys of all rows of the target into the stand-in, without other values. */
    void takeKeys(List<Column> keys);

    /** Opens the session of a load into the stand-in; closing it keeps the connection. */
    LoadSession open(Feed feed);

    /**
     * Returns the next committed loads of the ledger, in the order of their commits, each with all its entries.
     *
     * @param position the place in the ledger behind which they begin
     * @param limit about how many entries to read at once
     * @return none if there are no more
     */
    List<LedgerLoad> readLoads(long position, int limit);

    /** Reads the entries of the ledger between two places, without the latter. */
    void readMarks(long after, long before, Consumer<LedgerMark> action);

    /** Finds the loaded object that came last in a feed's order, before a place in the ledger. */
    Optional<ObjectVersion> findNewest(Feed feed, Set<String> names, long before);

    /**
     * Compares the stand-in with the target as it was at the last commit that {@link #readLoads} has seen.
     *
     * @param position the place of the last load that was repeated
     * @return empty if other loads have committed since: then their turn comes first
     */
    Optional<TableDifferences> compare(TableComparison comparison, long position);

    /** Drops what is temporary, and returns the connection. */
    @Override
    void close();
}
