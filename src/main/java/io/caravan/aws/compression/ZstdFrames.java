package io.caravan.aws.compression;

import com.github.luben.zstd.ZstdDecompressCtx;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Objects;

/**
 * Decompresses frames of ZSTD, one after the other, to the last. Not {@code ZstdInputStream}: it takes a frame that is cut for
 * the end if the frame before ended in the same buffer.
 */
public final class ZstdFrames extends BlockInputStream {

    private static final int BUFFER_BYTES = 1 << 17;

    private final InputStream compressed;
    private final ZstdDecompressCtx context = new ZstdDecompressCtx();
    private final byte[] transfer = new byte[BUFFER_BYTES];
    private final ByteBuffer source = ByteBuffer.allocateDirect(BUFFER_BYTES).limit(0);
    private final ByteBuffer plain = ByteBuffer.allocateDirect(BUFFER_BYTES).limit(0);
    private boolean betweenFrames = true;

    /** Reads the stream, and closes it when this is closed. */
    public ZstdFrames(InputStream compressed) {
        this.compressed = compressed;
    }

    @Override
    public int read(byte[] bytes, int offset, int wanted) throws IOException {
        Objects.checkFromIndexSize(offset, wanted, bytes.length);
        if (wanted == 0) {
            return 0;
        }
        while (!plain.hasRemaining()) {
            if (!decompress()) {
                return -1;
            }
        }
        int read = Math.min(wanted, plain.remaining());
        plain.get(bytes, offset, read);
        return read;
    }

    @Override
    public void close() throws IOException {
        context.close();
        compressed.close();
    }

    /** Decompresses what comes next, which may be nothing yet; returns whether there may be more. */
    private boolean decompress() throws IOException {
        if (betweenFrames) {
            while (source.remaining() < ZstdWindow.HEADER_BYTES && addToSource()) {
                // A slow network may bring a header byte by byte.
            }
            ZstdWindow.check(source);
        }
        // A buffer that was filled to the brim may have left the rest with the decompressor.
        boolean restInside = !betweenFrames && plain.limit() == BUFFER_BYTES;
        if (!source.hasRemaining() && !restInside && !refill()) {
            if (betweenFrames) {
                return false;
            }
            throw new EOFException("the last frame is cut short");
        }
        plain.clear();
        betweenFrames = context.decompressDirectByteBufferStream(plain, source);
        plain.flip();
        return true;
    }

    private boolean refill() throws IOException {
        source.position(source.limit());
        return addToSource();
    }

    /** Reads more behind what has not been decompressed; returns whether there was any. */
    private boolean addToSource() throws IOException {
        source.compact();
        int read = compressed.read(transfer, 0, source.remaining());
        if (read > 0) {
            source.put(transfer, 0, read);
        }
        source.flip();
        return read >= 0;
    }
}
