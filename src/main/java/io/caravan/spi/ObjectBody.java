package io.caravan.spi;

import io.caravan.model.ContentHash;
import java.io.Closeable;
import java.io.InputStream;
import java.util.Optional;

/**
 * The content of one object version while it is being read, by one thread.
 *
 * <p>The content never ends early without notice: a connection that breaks or a body shorter than the object is a
 * {@link io.caravan.base.RetryableException} out of {@code read}, damaged compression a
 * {@link io.caravan.base.RejectedObjectException}.
 */
public interface ObjectBody extends Closeable {

    /** Returns the content, decompressed. */
    InputStream content();

    /** Returns the store's version id of what is being read, or empty if the bucket keeps no versions. */
    Optional<String> versionId();

    /** Returns whether the object is compressed as it is stored. */
    boolean isCompressed();

    /** Returns how many bytes, as stored, have been read so far. */
    long storedBytesRead();

    /** Returns the hash of the bytes as stored; empty unless the object has been read to its end. */
    Optional<ContentHash> contentHash();

    /** Releases the connection; closes it, without reading the rest, if the object was not read to its end. */
    @Override
    void close();
}
