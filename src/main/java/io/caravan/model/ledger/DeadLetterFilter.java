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
 * @param column name of the column whose value was at fault
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
        @Nullable String column,
        @Nullable Status status,
        @Nullable String replayedBy) {

    /** Means those of any column, of which it does not matter whether a load replayed them. */
    public DeadLetterFilter(
            @Nullable FeedEntries feed,
            @Nullable String load,
            @Nullable String key,
            @Nullable Long position,
            @Nullable Long line,
            @Nullable String code,
            @Nullable Status status) {
        this(feed, load, key, position, line, code, null, status, null);
    }

    /** Means those that went through their feed again in a load. */
    public static DeadLetterFilter ofReplay(String replayLoad) {
        return new DeadLetterFilter(null, null, null, null, null, null, null, Status.REPLAYED, replayLoad);
    }

    /** Means those that a load rejected. */
    public static DeadLetterFilter ofLoad(String load) {
        return new DeadLetterFilter(null, load, null, null, null, null, null);
    }

    /** Means those of these that a load rejected of the object with this entry in the ledger, which says whose they are. */
    public DeadLetterFilter ofObject(String objectLoad, long objectPosition) {
        return new DeadLetterFilter(null, objectLoad, key, objectPosition, line, code, column, status, replayedBy);
    }

    /** Means those of these that belong to a feed. */
    public DeadLetterFilter of(FeedEntries entries) {
        return new DeadLetterFilter(entries, load, key, position, line, code, column, status, replayedBy);
    }

    /** Means those of these for which the value of a column is to blame; null for any. */
    public DeadLetterFilter inColumn(@Nullable String name) {
        return new DeadLetterFilter(feed, load, key, position, line, code, name, status, replayedBy);
    }

    /** Returns for people what is chosen besides the feed; empty if nothing is. */
    public String text() {
        return new ChosenText()
                .and("of load ", load)
                .and("with code ", code)
                .and("in column ", column)
                .and("of object ", key)
                .and("at line ", line)
                .toString();
    }

    /** Means those of these that are still open. */
    public DeadLetterFilter open() {
        return new DeadLetterFilter(feed, load, key, position, line, code, column, Status.OPEN, replayedBy);
    }
}
