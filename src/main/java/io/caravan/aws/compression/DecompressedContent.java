package io.caravan.aws.compression;

import io.caravan.base.CaravanException;
import io.caravan.base.ErrorCode;
import io.caravan.base.RejectedObjectException;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What is behind an object's compression. Damage is a {@link RejectedObjectException}, as the bytes below are complete or throw
 * by themselves. After a failure every read fails alike, so that nobody can read on behind it.
 */
public final class DecompressedContent extends BlockInputStream {

    private final InputStream stored;
    private final String uri;
    private final Decompression decompression;
    private final InputStream plain;
    private @Nullable CaravanException failure;
    private boolean closed;

    private DecompressedContent(InputStream stored, String uri, Decompression decompression, InputStream plain) {
        this.stored = stored;
        this.uri = uri;
        this.decompression = decompression;
        this.plain = plain;
    }

    /**
     * Recognises the compression by the first bytes.
     *
     * @param stored what is decompressed; closed with this, and if this fails
     * @param uri names the object in messages
     * @throws RejectedObjectException if the first bytes promise a compression that the next ones break
     */
    public static DecompressedContent open(InputStream stored, String uri) {
        Decompression decompression = Decompression.NONE;
        boolean opened = false;
        try {
            byte[] start = stored.readNBytes(Decompression.MAGIC_BYTES);
            PushbackInputStream all = new PushbackInputStream(stored, Decompression.MAGIC_BYTES);
            all.unread(start);
            decompression = Decompression.recognise(start);
            DecompressedContent content = new DecompressedContent(stored, uri, decompression, decompression.open(all));
            opened = true;
            return content;
        } catch (IOException e) {
            throw damaged(decompression, uri, e);
        } finally {
            if (!opened) {
                closeQuietly(stored);
            }
        }
    }

    public boolean isCompressed() {
        return decompression != Decompression.NONE;
    }

    @Override
    public int read(byte[] bytes, int offset, int wanted) throws IOException {
        Objects.checkFromIndexSize(offset, wanted, bytes.length);
        if (closed) {
            throw new IOException(uri + " is closed");
        }
        if (failure != null) {
            throw failure;
        }
        if (wanted == 0) {
            return 0;
        }
        try {
            return plain.read(bytes, offset, wanted);
        } catch (CaravanException e) {
            failure = e;
        } catch (IOException | RuntimeException e) {
            // Damage also leaves the bzip2 reader as an index out of bounds.
            failure = damaged(decompression, uri, e);
        }
        throw failure;
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            // First the connection, so that it is cut, and then the buffers of the decompressor.
            closeQuietly(stored);
            closeQuietly(plain);
        }
    }

    private static RejectedObjectException damaged(Decompression decompression, String uri, Exception cause) {
        return new RejectedObjectException(
                ErrorCode.OBJECT_COMPRESSION,
                uri + " is damaged or cut short, its " + decompression.label() + " compression cannot be read: "
                        + reason(decompression, cause),
                cause);
    }

    private static String reason(Decompression decompression, Exception cause) {
        String message = cause.getMessage();
        // The bzip2 reader has no type for it.
        return message == null || cause instanceof EOFException || message.equals("Unexpected end of stream")
                ? "it ends in the middle of its " + decompression.label() + " stream"
                : message;
    }

    private static void closeQuietly(InputStream stream) {
        try {
            stream.close();
        } catch (IOException e) {
            // Nothing was written, so nothing is lost.
        }
    }
}
