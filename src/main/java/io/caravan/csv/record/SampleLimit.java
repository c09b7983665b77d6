package io.caravan.csv.record;

/**
 * How much of an object is read to learn its shape, whichever is reached first.
 *
 * @param records records after the header; at least 1
 * @param bytes bytes of the content, after decompression; at least 1
 */
public record SampleLimit(long records, long bytes) {

    public static final SampleLimit DEFAULT = new SampleLimit(100_000, 64 * 1024 * 1024);

    /** Reads to the end. */
    public static final SampleLimit NONE = new SampleLimit(Long.MAX_VALUE, Long.MAX_VALUE);

    public SampleLimit {
        if (records < 1 || bytes < 1) {
            throw new IllegalArgumentException("records and bytes are at least 1: " + records + ", " + bytes);
        }
    }
}
