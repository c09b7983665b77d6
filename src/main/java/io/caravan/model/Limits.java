package io.caravan.model;

/**
 * Where a feed draws its lines.
 *
 * @param maxObjectsPerLoad most object versions in one load; at least 1
 * @param maxBytesPerLoad most bytes, as stored, in one load; a single larger object is a load of its own; at least 1
 * @param maxRejectedRows most rejected rows of an object before the object as a whole is rejected; not negative
 * @param rowsPerBatch rows that travel together from reading to staging; at least 1
 */
public record Limits(int maxObjectsPerLoad, long maxBytesPerLoad, long maxRejectedRows, int rowsPerBatch) {

    public static final Limits DEFAULT = new Limits(1_000, 10_000_000_000L, 10_000, 10_000);

    /** Returns the same limits for an object of which any number of rows may be rejected. */
    public Limits withAnyRejectedRows() {
        return new Limits(maxObjectsPerLoad, maxBytesPerLoad, Long.MAX_VALUE, rowsPerBatch);
    }

    public Limits {
        if (maxObjectsPerLoad < 1 || maxBytesPerLoad < 1 || maxRejectedRows < 0 || rowsPerBatch < 1) {
            throw new IllegalArgumentException(
                    "maxObjectsPerLoad, maxBytesPerLoad and rowsPerBatch are at least 1, maxRejectedRows at least 0");
        }
    }
}
