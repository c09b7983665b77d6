package io.caravan.spi.preview;

import io.caravan.model.TargetChanges;
import io.caravan.model.ledger.LedgerMark;
import io.caravan.model.preview.PreviewedRejection;
import io.caravan.model.preview.PreviewedRow;
import io.caravan.model.preview.RejectedCount;
import io.caravan.spi.TargetSession;
import java.util.List;

/**
 * What a preview asks in the place of what a load's shared part writes. It locks nothing: all that it sees, and all that {@link
 * TargetSession} shows it in the same transaction, is of one moment.
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
     * Returns rows that the changes are made of.
     *
     * @param changes what {@link TargetSession#findChanges} has found
     * @param limit so many of each effect at most; the first ones by their places
     */
    List<PreviewedRow> readRows(TargetChanges changes, int limit);

    /** Returns the rejected rows that are staged, by object and code. */
    List<RejectedCount> countRejected();

    /**
     * Returns rejected rows that are staged.
     *
     * @param limit so many at most; the first ones by their places
     */
    List<PreviewedRejection> readRejected(int limit);
}
