package io.caravan.sandbox.value;

import io.caravan.sandbox.wire.WireWriter;
import java.io.IOException;
import java.nio.ByteBuffer;

/** Bytes of rows, kept until there are enough for a CopyData message. Not thread-safe. */
final class RowBuffer {

    private static final int MESSAGE = 60 * 1024;

    private final WireWriter to;
    private ByteBuffer buffer = ByteBuffer.allocate(128 * 1024);
    private int rowStart;

    RowBuffer(WireWriter to) {
        this.to = to;
    }

    /** Returns the buffer to put up to so many bytes into. */
    ByteBuffer room(int bytes) {
        if (buffer.remaining() < bytes) {
            int size = Math.max(buffer.capacity() * 2, buffer.position() + bytes);
            buffer = ByteBuffer.allocate(size).put(buffer.flip());
        }
        return buffer;
    }

    /** Begins a row: what has been put before it stays. */
    void beginRow() {
        rowStart = buffer.position();
    }

    void dropRow() {
        buffer.position(rowStart);
    }

    /** Sends the rows if they fill a message; returns whether it did. */
    boolean endRow() throws IOException {
        beginRow();
        if (rowStart < MESSAGE) {
            return false;
        }
        send();
        return true;
    }

    void send() throws IOException {
        if (buffer.position() > 0) {
            to.header('d', buffer.position());
            to.bytes(buffer.array(), 0, buffer.position());
        }
        buffer.clear();
        rowStart = 0;
    }
}
