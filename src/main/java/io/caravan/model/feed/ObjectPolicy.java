package io.caravan.model.feed;

import static java.util.Objects.requireNonNull;

/**
 * What a feed makes of objects as a whole.
 *
 * @param order the order in which they are loaded
 * @param skipsRepeated whether an object is left out whose bytes are loaded already under another key
 */
public record ObjectPolicy(ObjectOrder order, boolean skipsRepeated) {

    public static final ObjectPolicy DEFAULT = new ObjectPolicy(ObjectOrder.TIME, false);

    public ObjectPolicy {
        requireNonNull(order, "order");
    }
}
