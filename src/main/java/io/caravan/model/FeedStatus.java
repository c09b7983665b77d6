package io.caravan.model;

import static java.util.Objects.requireNonNull;

import io.caravan.base.ErrorCode;
import io.caravan.base.Reaction;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a feed gets on, at one moment.
 *
 * @param feed the feed's name
 * @param lastGood when all that was new had last been dealt with, or set aside; null if never since the start
 * @param failingSince since when nothing of the feed loads; null if it does
 * @param failures how often in a row the feed has been given up
 * @param errorCode why nothing loads; null if it does
 * @param error the same for people; null likewise
 * @param nextTry when a feed that fails is tried again, at the earliest; null if it does not fail
 * @param setAside objects that do not load although others do
 */
public record FeedStatus(
        String feed,
        @Nullable Instant lastGood,
        @Nullable Instant failingSince,
        int failures,
        @Nullable ErrorCode errorCode,
        @Nullable String error,
        @Nullable Instant nextTry,
        List<ObjectSetAside> setAside) {

    public FeedStatus {
        requireNonNull(feed, "feed");
        setAside = List.copyOf(setAside);
    }

    /** Returns whether nothing of the feed loads. */
    public boolean isFailing() {
        return failingSince != null;
    }

    /** Returns whether the feed has stopped, until somebody has changed a setting, a grant or a table. */
    public boolean isStopped() {
        return errorCode != null && errorCode.reaction() == Reaction.FATAL;
    }
}
