package io.caravan.model;

/**
 * What became of the records of an object, or of a load. Each is counted from 0.
 *
 * @param read records found, without the header
 * @param inserted rows whose matching keys the target did not have
 * @param updated rows that changed a row of the target
 * @param unchanged rows equal in all loaded columns to the row already in the target
 * @param superseded valid rows whose matching keys a later row had
 * @param rejected records that can never load as they are
 */
public record LoadCounts(long read, long inserted, long updated, long unchanged, long superseded, long rejected) {

    public static final LoadCounts NONE = new LoadCounts(0, 0, 0, 0, 0, 0);

    /** Returns whether every record that was read is accounted for, once. */
    public boolean addUp() {
        return read == inserted + updated + unchanged + superseded + rejected;
    }

    public LoadCounts plus(LoadCounts other) {
        return new LoadCounts(
                read + other.read,
                inserted + other.inserted,
                updated + other.updated,
                unchanged + other.unchanged,
                superseded + other.superseded,
                rejected + other.rejected);
    }
}
