package io.caravan.model.feed;

/**
 * Where a feed draws its lines.
 *
 * @param maxObjectsPerLoad most object versions in one load; at least 1
 * @param maxBytesPerLoad most bytes, as stored, in one load; a single larger object is a load of its own; at least 1
 * @param maxRejectedRows most rejected rows of an object before the object as a whole is rejected; not negative
 * @param maxRejectedRatio most rejected rows of an object, as a share of its records, before the object as a whole is
 *     rejected; from 0 to 1, and 1 sets no limit
 * @param rowsPerBatch rows that travel together from reading to staging; at least 1
 * @param maxRecordChars most characters, in UTF-16 units, of one record; at least 16
 * @param maxDecompressedBytes most bytes of one object, decompressed; at least 1
 * @param maxDecompressionRatio most bytes of one object, decompressed, for each that is stored; counts only for objects that
 *     decompress to more than {@link #FREE_BYTES}; at least 1
 */
public record Limits(
        int maxObjectsPerLoad,
        long maxBytesPerLoad,
        long maxRejectedRows,
        double maxRejectedRatio,
        int rowsPerBatch,
        int maxRecordChars,
        long maxDecompressedBytes,
        long maxDecompressionRatio) {

    /** What an object may decompress to in any case: it takes seconds, however few bytes are stored. */
    public static final long FREE_BYTES = 100_000_000;

    /** Text of which each byte stands for more than a thousand was not written by anything that has something to say. */
    private static final long USUAL_RATIO = 1_000;

    public static final Limits DEFAULT =
            new Limits(1_000, 10_000_000_000L, 10_000, 1, 10_000, 16 * 1024 * 1024, 100_000_000_000L, USUAL_RATIO);

    /** Returns the same limits for an object of which any number of rows may be rejected. */
    Limits withAnyRejectedRows() {
        return new Limits(
                maxObjectsPerLoad,
                maxBytesPerLoad,
                Long.MAX_VALUE,
                1,
                rowsPerBatch,
                maxRecordChars,
                maxDecompressedBytes,
                maxDecompressionRatio);
    }

    /**
     * Returns most bytes of an object, decompressed.
     *
     * @param storedBytes its size as stored
     */
    public long mostDecompressedBytes(long storedBytes) {
        boolean isWithoutEnd = storedBytes > maxDecompressedBytes / maxDecompressionRatio;
        return isWithoutEnd
                ? maxDecompressedBytes
                : Math.min(maxDecompressedBytes, Math.max(FREE_BYTES, storedBytes * maxDecompressionRatio));
    }

    public Limits {
        if (maxRecordChars < 16 || maxDecompressedBytes < 1 || maxDecompressionRatio < 1) {
            throw new IllegalArgumentException(
                    "maxRecordChars is at least 16, maxDecompressedBytes and" + " maxDecompressionRatio at least 1");
        }
        if (maxObjectsPerLoad < 1 || maxBytesPerLoad < 1 || maxRejectedRows < 0 || rowsPerBatch < 1) {
            throw new IllegalArgumentException(
                    "maxObjectsPerLoad, maxBytesPerLoad and rowsPerBatch are at least 1, maxRejectedRows at least 0");
        }
        if (!(maxRejectedRatio >= 0 && maxRejectedRatio <= 1)) {
            throw new IllegalArgumentException("maxRejectedRatio is from 0 to 1: " + maxRejectedRatio);
        }
    }
}
