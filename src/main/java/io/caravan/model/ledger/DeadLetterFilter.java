package io.caravan.model.ledger;

import io.caravan.model.feed.FeedEntries;
import io.caravan.model.ledger.DeadLetter.Status;
import org.jspecify.annotations.Nullable;

/**
 * Says which dead letters are meant; what is null excludes none.
 *
 * @param feed whose they are
 * @param load id of the load that rejected them
 * @param key object key
 * @param position place of the object's entry in the ledger
 * @param line line at which the record starts, from 1
 * @param code name of an {@link io.caravan.base.ErrorCode}
 * @param status what became of them
 * @param replayedBy id of the load in which they went through their feed again
 */
public record DeadLetterFilter(
        @Nullable FeedEntries feed,
        @Nullable String load,
        @Nullable String key,
        @Nullable Long position,
        @Nullable Long line,
        @Nullable String code,
        @Nullable Status status,
        @Nullable String replayedBy) {

    /** Means those of which it does not matter whether a load replayed them. */
    public DeadLetterFilter(
            @Nullable FeedEntries feed,
            @Nullable String load,
            @Nullable String key,
            @Nullable Long position,
            @Nullable Long line,
            @Nullable String code,
            @Nullable Status status) {
        this(feed, load, key, position, line, code, status, null);
    }

    /** Means those that went through their feed again in a load. */
    public static DeadLetterFilter ofReplay(String replayLoad) {
        return new DeadLetterFilter(null, null, null, null, null, null, Status.REPLAYED, replayLoad);
    }

    /** Means those that a load rejected. */
    public static DeadLetterFilter ofLoad(String load) {
        return new DeadLetterFilter(null, load, null, null, null, null, null);
    }

    /** Means those of these that a load rejected of the object with this entry in the ledger, which says whose they are. */
    public DeadLetterFilter ofObject(String objectLoad, long objectPosition) {
        return new DeadLetterFilter(null, objectLoad, key, objectPosition, line, code, status, replayedBy);
    }

    /** Means those of these that belong to a feed. */
    public DeadLetterFilter of(FeedEntries entries) {
        return new DeadLetterFilter(entries, load, key, position, line, code, status, replayedBy);
    }

    /** Means those of these that are still open. */
    public DeadLetterFilter open() {
        return new DeadLetterFilter(feed, load, key, position, line, code, Status.OPEN, replayedBy);
    }
}
