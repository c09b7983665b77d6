package io.caravan.aws.object;

import io.caravan.aws.compression.DecompressedContent;
import io.caravan.model.ContentHash;
import io.caravan.model.ObjectVersion;
import io.caravan.spi.ObjectBody;
import java.io.InputStream;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;

/** One object's content: {@link StoredBytes} below, {@link DecompressedContent} above. */
final class S3ObjectBody implements ObjectBody {

    private final StoredBytes stored;
    private final DecompressedContent content;
    private final @Nullable String versionId;

    private S3ObjectBody(StoredBytes stored, DecompressedContent content, @Nullable String versionId) {
        this.stored = stored;
        this.content = content;
        this.versionId = versionId;
    }

    /** Reads the first bytes, to see how the object is compressed. */
    static S3ObjectBody open(ObjectVersion version, ResponseInputStream<GetObjectResponse> response, boolean withMd5) {
        @Nullable Long length = response.response().contentLength();
        return open(
                version,
                new StoredBytes(
                        response,
                        response::abort,
                        version,
                        length == null ? version.sizeBytes() : length,
                        new ContentDigest(withMd5)),
                response.response().versionId());
    }

    /** Reads the first bytes, to see how the object is compressed. */
    static S3ObjectBody open(ObjectVersion version, ObjectParts parts, @Nullable String versionId) {
        return open(
                version,
                new StoredBytes(parts, parts::close, version, version.sizeBytes(), new ContentDigest(false)),
                versionId);
    }

    private static S3ObjectBody open(ObjectVersion version, StoredBytes stored, @Nullable String versionId) {
        return new S3ObjectBody(stored, DecompressedContent.open(stored, version.uri()), versionId);
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
        return content.isCompressed();
    }

    @Override
    public long storedBytesRead() {
        return stored.count();
    }

    @Override
    public Optional<ContentHash> contentHash() {
        return Optional.ofNullable(stored.hash());
    }

    @Override
    public void close() {
        content.close();
    }
}
