package io.caravan.model.feed;

import io.caravan.model.ObjectVersion;

/** The order in which a feed's objects are loaded, and by which one is newer than another. */
public enum ObjectOrder {
    /** By the time at which S3 stored them; S3 tells it to the second, and objects of one second are in the order of their keys. */
    TIME,
    /** By their keys alone, for keys that hold a time. */
    KEY;

    /** Compares two object versions: the one that comes first is the smaller one. */
    public int compare(ObjectVersion one, ObjectVersion other) {
        return switch (this) {
            case TIME -> ObjectVersion.OLDEST_FIRST.compare(one, other);
            case KEY -> one.key().compareTo(other.key());
        };
    }
}
