package io.caravan.model;

/**
 * What the staged rows of one object are about to do.
 *
 * @param inserted rows whose matching keys the target does not have
 * @param updated rows that differ from the target's row
 * @param deleted rows of the target to delete because a row says so
 * @param stale rows that differ from the target's row, which stays; or that meet none, and are left out
 * @param missing rows of the target to delete because the object lacks them
 * @param overtaken rows held back, since the target may have newer ones
 */
public record ChangeCounts(long inserted, long updated, long deleted, long stale, long missing, long overtaken) {

    public static final ChangeCounts NONE = new ChangeCounts(0, 0, 0, 0, 0);

    /** Counts of an object of which nothing is held back. */
    public ChangeCounts(long inserted, long updated, long deleted, long stale, long missing) {
        this(inserted, updated, deleted, stale, missing, 0);
    }

    public ChangeCounts plus(ChangeCounts other) {
        return new ChangeCounts(
                inserted + other.inserted,
                updated + other.updated,
                deleted + other.deleted,
                stale + other.stale,
                missing + other.missing,
                overtaken + other.overtaken);
    }
}
