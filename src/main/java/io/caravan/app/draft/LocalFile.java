package io.caravan.app.draft;

import io.caravan.aws.compression.DecompressedContent;
import io.caravan.base.ErrorCode;
import io.caravan.base.InvalidConfigurationException;
import io.caravan.model.ContentHash;
import io.caravan.model.ObjectVersion;
import io.caravan.spi.ObjectBody;
import io.caravan.spi.ObjectReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** A file of this machine in the place of an object. */
public final class LocalFile implements ObjectReader {

    /** What its feed has for a bucket until somebody says which. */
    public static final String BUCKET = "my-bucket";

    private final Path path;
    private final ObjectVersion version;

    /**
     * Looks at a file.
     *
     * @throws InvalidConfigurationException if there is none
     */
    public LocalFile(Path path) {
        this.path = path;
        try {
            this.version = new ObjectVersion(
                    BUCKET,
                    String.valueOf(path.getFileName()),
                    "local",
                    Files.size(path),
                    Files.getLastModifiedTime(path).toInstant());
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    private LocalFile(Path path, ObjectVersion version) {
        this.path = path;
        this.version = version;
    }

    /** Returns the file as the object of a key. */
    public LocalFile as(String bucket, String key) {
        return new LocalFile(
                path, new ObjectVersion(bucket, key, version.etag(), version.sizeBytes(), version.lastModified()));
    }

    private InvalidConfigurationException unreadable(IOException e) {
        return new InvalidConfigurationException(
                ErrorCode.FEED_INVALID,
                "Cannot read the file " + path + "; name a file, or objects as s3://bucket/prefix",
                e);
    }

    public ObjectVersion version() {
        return version;
    }

    @Override
    public Optional<ObjectBody> open(ObjectVersion object) {
        try {
            LocalBytes bytes = new LocalBytes(Files.newInputStream(path));
            return Optional.of(new Body(DecompressedContent.open(bytes, path.toString()), bytes, version.sizeBytes()));
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    private record Body(DecompressedContent decompressed, LocalBytes bytes, long size) implements ObjectBody {

        @Override
        public InputStream content() {
            return decompressed;
        }

        @Override
        public Optional<String> versionId() {
            return Optional.empty();
        }

        @Override
        public boolean isCompressed() {
            return decompressed.isCompressed();
        }

        @Override
        public long storedBytesRead() {
            return bytes.count();
        }

        @Override
        public Optional<ContentHash> contentHash() {
            return bytes.count() == size ? Optional.of(bytes.hash()) : Optional.empty();
        }

        @Override
        public void close() {
            decompressed.close();
        }
    }
}
