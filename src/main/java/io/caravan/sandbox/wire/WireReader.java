package io.caravan.sandbox.wire;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;

/**
 * Messages of the PostgreSQL protocol, coming in. Not thread-safe.
 *
 * @see <a href="https://www.postgresql.org/docs/current/protocol-message-formats.html">Message formats</a>
 */
public final class WireReader {

    private final InputStream in;
    private final byte[] buffer = new byte[64 * 1024];
    private int at;
    private int limit;

    public WireReader(InputStream in) {
        this.in = in;
    }

    /** Returns whether the next byte is here without asking the socket. */
    public boolean buffered() {
        return at < limit;
    }

    /** Returns whether anything has arrived. */
    public boolean available() throws IOException {
        return buffered() || in.available() > 0;
    }

    /** Returns the next byte, or -1 at the end of the stream. */
    public int read() throws IOException {
        if (at == limit && !fill()) {
            return -1;
        }
        return buffer[at++] & 0xff;
    }

    public int readInt() throws IOException {
        return readByte() << 24 | readByte() << 16 | readByte() << 8 | readByte();
    }

    public byte[] readBytes(int length) throws IOException {
        byte[] out = new byte[length];
        for (int done = 0; done < length; ) {
            done += take(out, done, length - done);
        }
        return out;
    }

    /** Passes this many bytes on. */
    public void copy(int length, WireWriter to) throws IOException {
        for (int left = length; left > 0; ) {
            if (at == limit && !fill()) {
                throw new EOFException();
            }
            int n = Math.min(left, limit - at);
            to.bytes(buffer, at, n);
            at += n;
            left -= n;
        }
    }

    private int readByte() throws IOException {
        int b = read();
        if (b < 0) {
            throw new EOFException();
        }
        return b;
    }

    private int take(byte[] out, int offset, int length) throws IOException {
        if (at == limit && !fill()) {
            throw new EOFException();
        }
        int n = Math.min(length, limit - at);
        System.arraycopy(buffer, at, out, offset, n);
        at += n;
        return n;
    }

    private boolean fill() throws IOException {
        int n = in.read(buffer, 0, buffer.length);
        at = 0;
        limit = Math.max(n, 0);
        return n > 0;
    }
}
