package io.caravan.sandbox;

import java.io.IOException;
import java.util.Arrays;

/**
 * Rows in PostgreSQL's text format, kept until there are enough for a CopyData message. Not thread-safe.
 *
 * @see <a href="https://www.postgresql.org/docs/current/sql-copy.html">File formats: text</a>
 */
final class CopyRows {

    private static final int MESSAGE = 60 * 1024;

    private final WireWriter to;
    private byte[] buffer = new byte[128 * 1024];
    private int at;
    private int rowStart;

    CopyRows(WireWriter to) {
        this.to = to;
    }

    void field(int index) {
        if (index > 0) {
            put('\t');
        }
    }

    void put(int b) {
        if (at == buffer.length) {
            buffer = Arrays.copyOf(buffer, at * 2);
        }
        buffer[at++] = (byte) b;
    }

    void nothing() {
        put('\\');
        put('N');
    }

    /** Has PostgreSQL put the column's default. */
    void byDefault() {
        put('\\');
        put('D');
    }

    /** Takes bytes that are known to need no escape. */
    void put(byte[] bytes, int from, int to) {
        room(to - from);
        System.arraycopy(bytes, from, buffer, at, to - from);
        at += to - from;
    }

    void put(String ascii) {
        for (int i = 0; i < ascii.length(); i++) {
            put(ascii.charAt(i));
        }
    }

    /** Takes any bytes but NUL. */
    void escaped(byte[] bytes, int from, int to) {
        room(2 * (to - from));
        byte[] b = buffer;
        int n = at;
        for (int i = from; i < to; i++) {
            byte c = bytes[i];
            if (c == '\\' || (c < ' ' && c >= 0 && (c == '\n' || c == '\r' || c == '\t'))) {
                b[n++] = '\\';
                b[n++] = c == '\n' ? (byte) 'n' : c == '\r' ? (byte) 'r' : c == '\t' ? (byte) 't' : c;
            } else {
                b[n++] = c;
            }
        }
        at = n;
    }

    /** Ends the row, and sends the rows if they fill a message; returns whether it did. */
    boolean endRow() throws IOException {
        put('\n');
        rowStart = at;
        if (at < MESSAGE) {
            return false;
        }
        send();
        return true;
    }

    /** Forgets the row that has begun. */
    void dropRow() {
        at = rowStart;
    }

    void send() throws IOException {
        if (at > 0) {
            to.header('d', at);
            to.bytes(buffer, 0, at);
        }
        at = 0;
        rowStart = 0;
    }

    private void room(int more) {
        if (buffer.length - at < more) {
            buffer = Arrays.copyOf(buffer, Math.max(buffer.length * 2, at + more));
        }
    }
}
