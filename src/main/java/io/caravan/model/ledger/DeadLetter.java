package io.caravan.model.ledger;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A rejected row as the dead letters keep it. Load, position and line together are unique.
 *
 * @param load id of the load that rejected it
 * @param feed name of the feed
 * @param bucket bucket name
 * @param key object key
 * @param etag ETag without quotes
 * @param position place of the object's entry in the ledger of its target, from 1
 * @param line line of the object at which the record starts, from 1
 * @param column the refused column; null if the record as a whole was refused
 * @param errorCode name of an {@link io.caravan.base.ErrorCode}
 * @param reason why, for people
 * @param raw the record, cut at 65,535 bytes
 * @param status what became of it
 * @param replayedBy id of the load in which it went through the feed again; null if it did not
 */
public record DeadLetter(
        String load,
        String feed,
        String bucket,
        String key,
        String etag,
        long position,
        long line,
        @Nullable String column,
        String errorCode,
        String reason,
        String raw,
        Status status,
        @Nullable String replayedBy) {

    /** What became of a dead letter. */
    public enum Status {
        /** Nobody has done anything about it. */
        OPEN,
        /** It went through its feed again; what was rejected then is another dead letter. */
        REPLAYED,
        /** Somebody has said that nothing is to be done about it. */
        DROPPED;

        /** Returns the name as the dead letters show it, and as the command line takes it. */
        public String text() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** Returns the status that the dead letters show by this name. */
        public static Status parse(String text) {
            return valueOf(text.toUpperCase(Locale.ROOT));
        }

        @Override
        public String toString() {
            return text();
        }
    }
}
