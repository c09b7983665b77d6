package io.caravan.spi.preview;

import io.caravan.model.TargetChanges;
import io.caravan.model.ledger.LedgerMark;
import io.caravan.model.preview.PreviewedRejection;
import io.caravan.model.preview.PreviewedRow;
import io.caravan.model.preview.RejectedCount;
import io.caravan.spi.TargetSession;
import java.util.List;

/**
 * The queries of a preview, which replace the writes of a load's shared part. It locks nothing. All its results, and those
 * of {@link TargetSession} in the same transaction, are of one snapshot.
 *
 * <p>Used by one thread, once the private part is ended. Every method throws {@link io.caravan.base.RetryableException} or
 * {@link io.caravan.base.InvalidConfigurationException}.
 */
public interface PreviewSession {

    /**
     * Begins the shared part without locking the ledger.
     *
     * @param position the last ledger position known
     * @return the entries after it, in order; none if there is no ledger yet
     */
    List<LedgerMark> readLedger(long position);

    /** Counts the dead letters that {@link TargetSession#markReplayed} would mark. */
    long countReplayed();

    /** Returns the statements by which {@link TargetSession#merge} would carry out changes, in their order. */
    List<String> statements(TargetChanges changes);

    /**
     * Returns rows of the changes.
     *
     * @param changes the result of {@link TargetSession#findChanges}
     * @param limit the greatest number of rows of each effect; these are the first ones by object and line
     */
    List<PreviewedRow> readRows(TargetChanges changes, int limit);

    /** Returns the rejected rows that are staged, by object and code. */
    List<RejectedCount> countRejected();

    /**
     * Returns rejected rows that are staged.
     *
     * @param limit the greatest number of rows; these are the first ones by object and line
     */
    List<PreviewedRejection> readRejected(int limit);
}
