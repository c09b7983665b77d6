package io.caravan.spi;

import io.caravan.model.feed.ObjectOrder;
import io.caravan.model.ledger.DeadLetter;
import io.caravan.model.ledger.DeadLetterCount;
import io.caravan.model.ledger.DeadLetterFilter;
import io.caravan.model.ledger.DeadLetterGroup;
import io.caravan.model.ledger.LoadRecord;
import io.caravan.model.ledger.RecordedRepair;
import io.caravan.model.ledger.RejectedRows;
import io.caravan.model.table.TableName;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The rejected rows, kept for people. Safe for use by several threads. Without a ledger there are no dead letters.
 *
 * <p>Every method throws {@link io.caravan.base.RetryableException} if the warehouse cannot be reached or fails, and
 * {@link io.caravan.base.InvalidConfigurationException} if it refuses.
 */
public interface DeadLetters {

    /**
     * Shows dead letters one by one, those of the newest load first, those of an object by their lines.
     *
     * @param limit how many at most; {@link Long#MAX_VALUE} for all
     * @return how many were shown
     */
    long read(DeadLetterFilter filter, long limit, Consumer<DeadLetter> action);

    /**
     * Shows the dead letters of one load one by one, in the order of their objects and lines, until the caller has enough.
     * Another call can go on from there.
     *
     * @param after the dead letter after which to begin; null to begin with the first
     * @param wantsIt takes a dead letter; returns false to refuse it and all that follow
     */
    void read(String load, @Nullable DeadLetter after, Predicate<DeadLetter> wantsIt);

    /** Shows the number of dead letters by feed, error code, column and status. */
    void count(DeadLetterFilter filter, Consumer<DeadLetterCount> action);

    /**
     * Returns the rejected rows of loads, by object and error code, in the order of the loads' ids, their objects, and the
     * codes.
     *
     * @param loads ids of the loads
     */
    List<RejectedRows> rejectedRows(List<String> loads);

    /**
     * Shows repaired values one by one, those of the newest load first, those of an object by their lines. Repaired values
     * are no dead letters, but are stored beside them and selected in the same way.
     *
     * @param filter must not select by code or status
     * @param limit how many at most; {@link Long#MAX_VALUE} for all
     * @return how many were shown
     */
    long readRepaired(DeadLetterFilter filter, long limit, Consumer<RecordedRepair> action);

    /** Marks the open dead letters as dropped, and returns their number. */
    long drop(DeadLetterFilter filter);

    /**
     * Returns the dead letters that loads into a target have left, by object.
     *
     * @param order of the objects
     * @param until only objects whose entries in the ledger are at this position or before it
     * @param after the object after which to go on; null to begin with the first
     * @param limit how many objects at most
     */
    List<DeadLetterGroup> groups(
            TableName target,
            DeadLetterFilter filter,
            ObjectOrder order,
            long until,
            @Nullable DeadLetterGroup after,
            int limit);

    /** Returns the last position in the ledger of a target; 0 if it is empty, or there is none yet. */
    long lastPosition(TableName target);

    /** Opens a reader of dead letters that can be used while a load is under way. */
    DeadLetterReader reader();

    /**
     * Rearms an object that was rejected as a whole, so that it is loaded again, and marks its dead letters as replayed.
     *
     * @param load the run history's entry for this action, without objects
     * @param rejected the object, with the load that rejected it
     * @return false, and nothing is written, if another version of the object has been dealt with since
     */
    boolean rearm(LoadRecord load, DeadLetterGroup rejected, Ledger.Mode mode);
}
