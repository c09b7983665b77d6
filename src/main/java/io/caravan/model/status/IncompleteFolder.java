package io.caravan.model.status;

import static java.util.Objects.requireNonNull;

/**
 * A folder whose objects wait for its marker.
 *
 * @param uri its address, {@code s3://bucket/folder/}
 * @param objects how many objects wait
 * @param reason what it waits for, for people
 */
public record IncompleteFolder(String uri, long objects, String reason) {

    public IncompleteFolder {
        requireNonNull(uri, "uri");
        requireNonNull(reason, "reason");
    }

    /** Returns all of it for people. */
    public String text() {
        return objects + (objects == 1 ? " object" : " objects") + " under " + uri
                + (objects == 1 ? " waits: " : " wait: ") + reason;
    }
}
