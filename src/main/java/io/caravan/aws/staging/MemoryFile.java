package io.caravan.aws.staging;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.Objects;

/** The bytes of one data file, in memory that serves again for the next one. */
final class MemoryFile extends OutputStream {

    private static final int FIRST_BYTES = 1 << 16;

    private final int expectedBytes;
    private byte[] bytes;
    private int size;

    /** Takes memory step by step, by doubling, but up to the expected size not more than that. */
    MemoryFile(int expectedBytes) {
        this.expectedBytes = expectedBytes;
        this.bytes = new byte[Math.min(FIRST_BYTES, expectedBytes)];
    }

    long size() {
        return size;
    }

    void clear() {
        size = 0;
    }

    @Override
    public void write(int b) {
        grow(1);
        bytes[size++] = (byte) b;
    }

    @Override
    public void write(byte[] source, int offset, int length) {
        Objects.checkFromIndexSize(offset, length, source.length);
        grow(length);
        System.arraycopy(source, offset, bytes, size, length);
        size += length;
    }

    /** Reads what has been written so far, as often as wanted, without a copy. */
    InputStream open() {
        return new ByteArrayInputStream(bytes, 0, size);
    }

    private void grow(int more) {
        int needed = Math.addExact(size, more);
        if (needed > bytes.length) {
            long doubled = 2L * bytes.length;
            long larger = needed > expectedBytes ? doubled : Math.min(doubled, expectedBytes);
            bytes = Arrays.copyOf(bytes, (int) Math.min(Math.max(needed, larger), Integer.MAX_VALUE - 8));
        }
    }
}
