package io.caravan.aws.object;

import io.caravan.aws.compression.BlockInputStream;
import io.caravan.base.ErrorCode;
import io.caravan.base.RetryableException;
import io.caravan.model.ContentHash;
import io.caravan.model.ObjectVersion;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * The bytes of one object as stored, counted and hashed. It ends only where the object ends: whatever else the connection does is a
 * {@link RetryableException}.
 */
final class StoredBytes extends BlockInputStream {

    private final InputStream response;
    private final Runnable cut;
    private final ObjectVersion version;
    private final long length;
    private final ContentDigest digest;
    private long count;
    private @Nullable ContentHash hash;

    /**
     * Begins to count.
     *
     * @param response what the store answers
     * @param cut ends the answer before its end, without reading the rest
     * @param length of the answer
     */
    StoredBytes(InputStream response, Runnable cut, ObjectVersion version, long length, ContentDigest digest) {
        this.response = response;
        this.cut = cut;
        this.version = version;
        this.length = length;
        this.digest = digest;
    }

    /** Returns what the bytes come to; null if they have not been read to their end. */
    @Nullable
    ContentHash hash() {
        return hash;
    }

    long count() {
        return count;
    }

    @Override
    public int read(byte[] bytes, int offset, int wanted) {
        Objects.checkFromIndexSize(offset, wanted, bytes.length);
        if (hash != null || wanted == 0) {
            return hash != null ? -1 : 0;
        }
        try {
            int read = response.read(bytes, offset, wanted);
            if (read < 0) {
                end();
            } else {
                count += read;
                digest.update(bytes, offset, read);
            }
            return read;
        } catch (IOException e) {
            throw new RetryableException(
                    ErrorCode.OBJECT_READ_FAILED,
                    "the connection broke after " + count + " of " + length + " bytes of " + version.uri() + ": " + e,
                    e);
        } catch (SdkException e) {
            throw new S3Failure(e, S3Action.READ, version.bucket(), version.key()).exception();
        }
    }

    /** Gives the connection back if the object was read to its end, and cuts it otherwise: closing alone would drain it. */
    @Override
    public void close() {
        if (hash == null) {
            cut.run();
        }
        try {
            response.close();
        } catch (IOException | SdkException e) {
            // All bytes that anybody wanted have been read.
        }
    }

    private void end() {
        if (count != length) {
            throw new RetryableException(
                    ErrorCode.OBJECT_TRUNCATED, version.uri() + " ended after " + count + " bytes, but has " + length);
        }
        hash = digest.end();
    }
}
