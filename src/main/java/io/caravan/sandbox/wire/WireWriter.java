package io.caravan.sandbox.wire;

import io.caravan.sandbox.fault.SqlError;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** Messages of the PostgreSQL protocol, going out; kept until {@link #flush}. Not thread-safe. */
public final class WireWriter {

    private final OutputStream out;
    private final byte[] buffer = new byte[64 * 1024];
    private int at;

    public WireWriter(OutputStream out) {
        this.out = out;
    }

    public void message(int type, byte[] body) throws IOException {
        header(type, body.length);
        bytes(body, 0, body.length);
    }

    /** Begins a message whose body has this many bytes. */
    public void header(int type, int bodyLength) throws IOException {
        if (buffer.length - at < 5) {
            drain();
        }
        buffer[at++] = (byte) type;
        writeInt(bodyLength + 4);
    }

    public void bytes(byte[] bytes, int offset, int length) throws IOException {
        if (length > buffer.length - at) {
            drain();
            if (length > buffer.length) {
                out.write(bytes, offset, length);
                return;
            }
        }
        System.arraycopy(bytes, offset, buffer, at, length);
        at += length;
    }

    public void error(String severity, SqlError error) throws IOException {
        notice('E', severity, error);
    }

    /** Writes an ErrorResponse or a NoticeResponse. */
    public void notice(char type, String severity, SqlError error) throws IOException {
        String fields = "S" + severity + "\0V" + severity + "\0C" + error.sqlState() + "\0M" + error.message() + "\0\0";
        message(type, fields.getBytes(StandardCharsets.UTF_8));
    }

    public void flush() throws IOException {
        drain();
        out.flush();
    }

    private void writeInt(int value) throws IOException {
        buffer[at] = (byte) (value >> 24);
        buffer[at + 1] = (byte) (value >> 16);
        buffer[at + 2] = (byte) (value >> 8);
        buffer[at + 3] = (byte) value;
        at += 4;
    }

    private void drain() throws IOException {
        out.write(buffer, 0, at);
        at = 0;
    }
}
