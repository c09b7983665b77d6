package io.caravan.load;

import io.caravan.base.CaravanException;
import io.caravan.model.ContentHash;
import io.caravan.spi.ObjectBody;
import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** An object's content in memory, as far as it could be read. */
final class FetchedBody implements ObjectBody {

    private final InputStream content;
    private final Optional<String> versionId;
    private final boolean isCompressed;
    private final long storedBytes;
    private final Optional<ContentHash> contentHash;

    /**
     * Takes the bytes that were read.
     *
     * @param read the body that they come from, while it is open
     * @param failure thrown to a caller that reads beyond the bytes; null if the bytes are complete
     */
    FetchedBody(ObjectBody read, byte[] bytes, @Nullable CaravanException failure) {
        InputStream all = new ByteArrayInputStream(bytes);
        this.content = failure == null ? all : new BrokenContent(all, failure);
        this.versionId = read.versionId();
        this.isCompressed = read.isCompressed();
        this.storedBytes = read.storedBytesRead();
        this.contentHash = read.contentHash();
    }

    @Override
    public InputStream content() {
        return content;
    }

    @Override
    public Optional<String> versionId() {
        return versionId;
    }

    @Override
    public boolean isCompressed() {
        return isCompressed;
    }

    @Override
    public long storedBytesRead() {
        return storedBytes;
    }

    @Override
    public Optional<ContentHash> contentHash() {
        return contentHash;
    }

    @Override
    public void close() {
        // The connection has been given back.
    }

    /** Fails where it would end. */
    private static final class BrokenContent extends FilterInputStream {

        private final CaravanException failure;

        BrokenContent(InputStream start, CaravanException failure) {
            super(start);
            this.failure = failure;
        }

        @Override
        public int read() throws IOException {
            int read = super.read();
            if (read < 0) {
                throw failure;
            }
            return read;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            int read = length == 0 ? 0 : super.read(bytes, offset, length);
            if (read < 0) {
                throw failure;
            }
            return read;
        }
    }
}
