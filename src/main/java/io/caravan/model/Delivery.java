package io.caravan.model;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * Objects of a folder that belong together, complete by their marker: they are one load, and in full snapshots one snapshot.
 *
 * @param marker the object that says that they are complete
 * @param objects all of them, or for a feed without full snapshots those that are new; in the feed's order
 */
public record Delivery(ObjectVersion marker, List<ObjectVersion> objects) {

    public Delivery {
        requireNonNull(marker, "marker");
        objects = List.copyOf(objects);
    }

    /** Returns the folder in which the marker lies; ends in a slash, or is empty. */
    public static String folder(String key) {
        return key.substring(0, key.lastIndexOf('/') + 1);
    }

    /** Returns what stands for the delivery where objects are counted and put in order: its marker, as large as all of it. */
    public ObjectVersion asObject() {
        long bytes = objects.stream().mapToLong(ObjectVersion::sizeBytes).sum();
        return new ObjectVersion(marker.bucket(), marker.key(), marker.etag(), bytes, marker.lastModified());
    }

    /** Returns whether an object is one of them, whatever its version. */
    public boolean has(String key) {
        return objects.stream().anyMatch(object -> object.key().equals(key));
    }
}
