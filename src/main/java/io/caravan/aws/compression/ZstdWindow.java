package io.caravan.aws.compression;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * How much of what it has decompressed a frame of ZSTD wants kept. It is kept in memory of its own, outside the heap, for as long as
 * the frame is read; by its own limit, ZSTD would take 128 MiB.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc8878#section-3.1.1.1">RFC 8878, 3.1.1.1</a>
 */
final class ZstdWindow {

    /** Most bytes of a frame's header. */
    static final int HEADER_BYTES = 18;

    /** {@code zstd -21 --ultra} and all levels below it need no more. */
    static final long MOST_BYTES = 1 << 26;

    private static final int MAGIC = 0xFD2FB528;

    private static final int SINGLE_SEGMENT = 1 << 5;

    private ZstdWindow() {}

    /**
     * Looks at the beginning of a frame, and leaves the buffer as it is.
     *
     * @throws IOException if the frame wants more than that
     */
    static void check(ByteBuffer frame) throws IOException {
        ByteBuffer header = frame.duplicate().order(ByteOrder.LITTLE_ENDIAN);
        if (header.remaining() < HEADER_BYTES || header.getInt() != MAGIC) {
            // So short a frame keeps nothing, and what is none is the decompressor's to refuse.
            return;
        }
        long window = bytes(header);
        if (window < 0 || window > MOST_BYTES) {
            throw new IOException("a frame wants a window of " + Long.toUnsignedString(window)
                    + " bytes, and the most is " + MOST_BYTES + "; compress it without --long and at a level below 22");
        }
    }

    private static long bytes(ByteBuffer header) {
        int descriptor = header.get() & 0xff;
        if ((descriptor & SINGLE_SEGMENT) == 0) {
            int window = header.get() & 0xff;
            long base = 1L << (10 + (window >> 3));
            return base + (base >> 3) * (window & 7);
        }
        // The frame is kept as a whole; its length stands behind the dictionary's id.
        int dictionary = (1 << (descriptor & 3)) >> 1;
        header.position(header.position() + dictionary);
        return switch (descriptor >> 6) {
            case 0 -> header.get() & 0xff;
            case 1 -> (header.getShort() & 0xffff) + 256;
            case 2 -> header.getInt() & 0xffffffffL;
            default -> header.getLong();
        };
    }
}
