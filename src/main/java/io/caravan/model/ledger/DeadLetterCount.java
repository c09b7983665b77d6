package io.caravan.model.ledger;

import io.caravan.model.ledger.DeadLetter.Status;
import org.jspecify.annotations.Nullable;

/**
 * How many dead letters of a feed have an error code, a column and a status.
 *
 * @param feed name of the feed
 * @param errorCode name of an {@link io.caravan.base.ErrorCode}
 * @param column name of the column whose value was at fault; null if it was none's
 * @param status what became of them
 * @param letters how many; at least 1
 * @param objects of how many objects
 * @param firstLoad id of the oldest load that rejected one
 * @param lastLoad id of the newest load that rejected one
 */
public record DeadLetterCount(
        String feed,
        String errorCode,
        @Nullable String column,
        Status status,
        long letters,
        long objects,
        String firstLoad,
        String lastLoad) {}
