package io.caravan.route;

import io.caravan.base.ErrorCode;
import io.caravan.base.RejectedObjectException;
import io.caravan.model.feed.Limits;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Content of bounded length: a few compressed bytes can decompress to any number of bytes. */
final class LimitedContent extends FilterInputStream {

    private final long most;
    private final String wayOut;
    private long count;

    /**
     * Limits what is read.
     *
     * @param storedBytes the object's size before it was decompressed
     */
    LimitedContent(InputStream content, Limits limits, long storedBytes) {
        super(content);
        this.most = limits.mostDecompressedBytes(storedBytes);
        this.wayOut = most == limits.maxDecompressedBytes() ? "maxDecompressedBytes" : "maxDecompressionRatio";
    }

    @Override
    public int read() throws IOException {
        int read = super.read();
        count(read < 0 ? 0 : 1);
        return read;
    }

    /**
     * Reads more.
     *
     * @throws RejectedObjectException if that is too much
     */
    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        int read = super.read(bytes, offset, length);
        count(Math.max(read, 0));
        return read;
    }

    private void count(int read) {
        count += read;
        if (count > most) {
            throw new RejectedObjectException(
                    ErrorCode.OBJECT_TOO_LARGE,
                    "the object decompresses to more than " + most
                            + " bytes; if it is what it should be, raise the feed's " + wayOut);
        }
    }
}
