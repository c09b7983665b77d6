package io.caravan.testing;

import io.caravan.model.ContentHash;
import io.caravan.spi.ObjectBody;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** An object's content, as a test wants it. */
public final class TestingBody implements ObjectBody {

    private final InputStream content;
    private @Nullable String versionId;
    private @Nullable ContentHash contentHash;
    private long storedBytesRead;
    private boolean closed;

    public TestingBody(InputStream content) {
        this.content = content;
    }

    public TestingBody(String content) {
        this(new ByteArrayInputStream(content.getBytes(StandardCharsets.UTF_8)));
    }

    public TestingBody versionId(String id) {
        versionId = id;
        return this;
    }

    /** Says what the bytes come to, as if they had been read to their end. */
    public TestingBody contentHash(ContentHash hash) {
        contentHash = hash;
        return this;
    }

    /** Says how many bytes, as stored, have been read so far. */
    public void hasRead(long storedBytes) {
        storedBytesRead = storedBytes;
    }

    public boolean isClosed() {
        return closed;
    }

    @Override
    public InputStream content() {
        return content;
    }

    @Override
    public Optional<String> versionId() {
        return Optional.ofNullable(versionId);
    }

    @Override
    public boolean isCompressed() {
        return false;
    }

    @Override
    public long storedBytesRead() {
        return storedBytesRead;
    }

    @Override
    public Optional<ContentHash> contentHash() {
        return Optional.ofNullable(contentHash);
    }

    @Override
    public void close() {
        closed = true;
    }
}
