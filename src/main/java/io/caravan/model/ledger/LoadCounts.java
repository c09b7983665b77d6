package io.caravan.model.ledger;

/**
 * What became of the records of an object, or of a load. Each is counted from 0.
 *
 * @param read records found, without the header
 * @param inserted rows whose matching keys the target did not have
 * @param updated rows that changed a row of the target
 * @param unchanged rows equal in all loaded columns to the row already in the target, or that delete a row that it does not
 *     have
 * @param deleted rows of the target that were deleted, marked as deleted, or ended
 * @param stale rows that differ from the target's row, which stays: it is newer, or existing rows are left alone; or that meet no
 *     row of the target, where such rows are left out
 * @param superseded valid rows whose matching keys a later row had
 * @param rejected records that can never load as they are
 * @param deletedUnread how many of the deleted rows no record named: the object lacked them
 */
public record LoadCounts(
        long read,
        long inserted,
        long updated,
        long unchanged,
        long deleted,
        long stale,
        long superseded,
        long rejected,
        long deletedUnread) {

    public static final LoadCounts NONE = new LoadCounts(0, 0, 0, 0, 0, 0, 0, 0, 0);

    /** Counts of a load that deletes nothing and leaves nothing stale. */
    public LoadCounts(long read, long inserted, long updated, long unchanged, long superseded, long rejected) {
        this(read, inserted, updated, unchanged, 0, 0, superseded, rejected, 0);
    }

    /** Returns whether every record that was read is accounted for, once. */
    public boolean addUp() {
        return unchanged >= 0
                && read == inserted + updated + unchanged + (deleted - deletedUnread) + stale + superseded + rejected;
    }

    public LoadCounts plus(LoadCounts other) {
        return new LoadCounts(
                read + other.read,
                inserted + other.inserted,
                updated + other.updated,
                unchanged + other.unchanged,
                deleted + other.deleted,
                stale + other.stale,
                superseded + other.superseded,
                rejected + other.rejected,
                deletedUnread + other.deletedUnread);
    }
}
