package io.caravan.load.target;

import io.caravan.base.ErrorCode;
import io.caravan.base.RejectedObjectException;
import io.caravan.model.ObjectVersion;
import io.caravan.model.feed.Feed;
import io.caravan.model.key.KeyValue;
import java.util.List;

/** The values that objects' keys hold. */
final class ObjectKeys {

    private ObjectKeys() {}

    /**
     * Returns those of an object.
     *
     * @throws RejectedObjectException if its key lacks one of them
     */
    static List<KeyValue> values(Feed feed, ObjectVersion object) {
        try {
            return feed.keyValues(object.key());
        } catch (IllegalArgumentException e) {
            throw new RejectedObjectException(
                    ErrorCode.OBJECT_KEY,
                    "the object's key does not hold what the feed's keyColumns say: " + e.getMessage()
                            + "; store the object under another key, leave it out by 'exclude', or change keyColumns",
                    e);
        }
    }
}
