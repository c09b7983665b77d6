package io.caravan.aws.compression;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import org.apache.commons.compress.compressors.gzip.GzipCompressorInputStream;

/**
 * Decompresses members of gzip, one after the other, to the last. Zeros behind them are ignored, as {@code gzip -d} does:
 * writers that fill blocks leave them. Anything else there is damage.
 *
 * <p>Not java.util.zip: GZIPInputStream takes a pause of the network for the end, and overlooks garbage. Nor all members by one
 * {@link GzipCompressorInputStream}, which takes zeros for garbage.
 */
final class GzipMembers extends BlockInputStream {

    private static final int BUFFER_BYTES = 1 << 16;

    /** A name and a comment of the original file; they are held in the heap, and nobody reads them. */
    private static final int MOST_HEADER_BYTES = 1 << 20;

    private static final class LongHeaderException extends IOException {

        private static final long serialVersionUID = 1;

        LongHeaderException() {
            super("a member has a header of more than " + MOST_HEADER_BYTES + " bytes");
        }
    }

    /** Of a member only the header, and a few bytes at its end, are read one by one. */
    private static final class LimitedHeader extends FilterInputStream {

        private int count;

        LimitedHeader(InputStream member) {
            super(member);
        }

        @Override
        public int read() throws IOException {
            if (++count > MOST_HEADER_BYTES) {
                throw new LongHeaderException();
            }
            return super.read();
        }

        @Override
        public int read(byte[] bytes, int offset, int wanted) throws IOException {
            return in.read(bytes, offset, wanted);
        }
    }

    /** Each member has it; what is marked to look for another is no more than a byte. */
    private final BufferedInputStream compressed;

    private GzipCompressorInputStream member;
    private boolean ended;

    /**
     * Reads the stream, and closes it when this is closed.
     *
     * @throws IOException if it does not begin with a member
     */
    GzipMembers(InputStream compressed) throws IOException {
        this.compressed = new BufferedInputStream(compressed, BUFFER_BYTES);
        this.member = open();
    }

    @Override
    public int read(byte[] bytes, int offset, int wanted) throws IOException {
        Objects.checkFromIndexSize(offset, wanted, bytes.length);
        if (wanted == 0) {
            return 0;
        }
        while (!ended) {
            int read = member.read(bytes, offset, wanted);
            if (read >= 0) {
                return read;
            }
            next();
        }
        return -1;
    }

    @Override
    public void close() throws IOException {
        compressed.close();
        member.close();
    }

    /** Goes to the next member, or to the end. */
    private void next() throws IOException {
        int first = peek();
        if (first == 0) {
            skipZeros();
        } else if (first >= 0) {
            try {
                member = open();
            } catch (EOFException | LongHeaderException e) {
                throw e;
            } catch (IOException e) {
                throw new IOException("there is something else behind its end", e);
            }
            return;
        }
        ended = true;
    }

    private void skipZeros() throws IOException {
        int next = 0;
        while (next == 0) {
            next = compressed.read();
        }
        if (next > 0) {
            throw new IOException("there is something else behind its end, after zeros");
        }
    }

    private int peek() throws IOException {
        compressed.mark(1);
        int next = compressed.read();
        compressed.reset();
        return next;
    }

    private GzipCompressorInputStream open() throws IOException {
        return GzipCompressorInputStream.builder()
                .setInputStream(new LimitedHeader(compressed))
                .setDecompressConcatenated(false)
                .get();
    }
}
