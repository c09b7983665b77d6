package io.caravan.model;

/**
 * What the staged rows of one object are about to do.
 *
 * @param inserted rows whose matching keys the target does not have
 * @param updated rows that differ from the target's row
 * @param deleted rows of the target to delete because a row says so
 * @param stale rows that differ from the target's row, which stays
 * @param missing rows of the target to delete because the object lacks them
 */
public record ChangeCounts(long inserted, long updated, long deleted, long stale, long missing) {

    public static final ChangeCounts NONE = new ChangeCounts(0, 0, 0, 0, 0);

    public ChangeCounts plus(ChangeCounts other) {
        return new ChangeCounts(
                inserted + other.inserted,
                updated + other.updated,
                deleted + other.deleted,
                stale + other.stale,
                missing + other.missing);
    }
}
