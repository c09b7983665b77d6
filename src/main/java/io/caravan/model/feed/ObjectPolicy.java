package io.caravan.model.feed;

import static java.util.Objects.requireNonNull;

import io.caravan.model.key.KeyColumns;
import io.caravan.model.key.WantedObjects;
import org.jspecify.annotations.Nullable;

/**
 * What a feed makes of objects as a whole.
 *
 * @param order the order in which they are loaded
 * @param skipsRepeated whether an object is left out whose bytes are loaded already under another key
 * @param wanted which of those under its prefixes are for it
 * @param keyColumns which values of their keys are values of their rows
 * @param marker name of the object by which those of its folder are complete; null if each object is complete by itself
 * @param afterLoad what is done with them in the store when their load has committed
 */
public record ObjectPolicy(
        ObjectOrder order,
        boolean skipsRepeated,
        WantedObjects wanted,
        KeyColumns keyColumns,
        @Nullable String marker,
        AfterLoad afterLoad) {

    public static final ObjectPolicy DEFAULT = new ObjectPolicy(ObjectOrder.TIME, false);

    public ObjectPolicy {
        requireNonNull(order, "order");
        requireNonNull(wanted, "wanted");
        requireNonNull(keyColumns, "keyColumns");
        requireNonNull(afterLoad, "afterLoad");
    }

    /** Returns whether a key is that of a marker. */
    public boolean isMarker(String key) {
        return marker != null
                && key.endsWith(marker)
                && key.substring(key.lastIndexOf('/') + 1).equals(marker);
    }

    /** What a feed makes of all objects whose names do not say that they are no data. */
    public ObjectPolicy(ObjectOrder order, boolean skipsRepeated) {
        this(order, skipsRepeated, WantedObjects.ALL, KeyColumns.NONE, null, AfterLoad.NOTHING);
    }
}
