package io.caravan.sandbox.value;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/** Cuts CSV bytes into records and fields without making objects. Holds one record, at most 4 MB. Not thread-safe. */
public final class RecordReader {

    private static final int MAX_RECORD = 4 * 1024 * 1024;

    private final InputStream in;
    private final byte delimiter;
    private final int quote;
    private byte[] buffer = new byte[256 * 1024];
    private int begin;
    private int at;
    private int limit;
    private long number;
    private long nextLine = 1;
    private long line;
    private long bytes;
    private int fields;
    private int[] starts = new int[64];
    private int[] ends = new int[64];
    private boolean[] escaped = new boolean[64];
    private boolean tooLong;

    public RecordReader(InputStream in, byte delimiter, int quote) {
        this.in = in;
        this.delimiter = delimiter;
        this.quote = quote;
    }

    /**
     * Goes to the next record.
     *
     * @return false at the end
     * @throws FieldException if a quoted field is followed by something else, or never ends, or the record is too long
     */
    public boolean next() throws IOException, FieldException {
        begin = at;
        fields = 0;
        tooLong = false;
        line = nextLine;
        if (at == limit && !fill()) {
            return false;
        }
        number++;
        boolean more = true;
        while (more) {
            more = peekAfterBlanks() == quote ? quoted() : plain();
        }
        nextLine++;
        if (tooLong) {
            begin = at;
            fields = 0;
            throw new FieldException(1216, "Input line is longer than 4 MB");
        }
        return true;
    }

    public int fields() {
        return fields;
    }

    public byte[] bytes() {
        return buffer;
    }

    /** Returns the index of a field's first byte in {@link #bytes}, without the quote. */
    public int start(int field) {
        return begin + starts[field];
    }

    public int end(int field) {
        return begin + ends[field];
    }

    /** Returns whether the field has doubled quotes in it. */
    boolean escaped(int field) {
        return escaped[field];
    }

    /** Returns the number of the record, counted from 1; at the end, that of the last one. */
    public long number() {
        return number;
    }

    /** Returns the line on which the record starts, counted from 1. */
    public long line() {
        return line;
    }

    /** Returns the number of bytes read so far. */
    public long bytesRead() {
        return bytes;
    }

    public int recordStart() {
        return begin;
    }

    public int recordEnd() {
        return at;
    }

    /** Returns the first byte of the field, blanks before a quote left out; -1 at the end. */
    private int peekAfterBlanks() throws IOException {
        int blanks = 0;
        while (true) {
            if (at + blanks == limit && !fill()) {
                return -1;
            }
            byte b = buffer[at + blanks];
            if (b == quote) {
                at += blanks;
                return b;
            }
            if (b != ' ') {
                return b;
            }
            blanks++;
        }
    }

    private boolean plain() throws IOException {
        int start = at - begin;
        while (true) {
            byte[] b = buffer;
            int end = limit;
            int i = at;
            byte d = delimiter;
            while (i < end && b[i] != d && b[i] != '\n') {
                i++;
            }
            at = i;
            if (i < end) {
                break;
            }
            if (!fill()) {
                add(start, at - begin, false);
                return false;
            }
        }
        int end = at - begin;
        if (buffer[at] == '\n' && end > start && buffer[at - 1] == '\r') {
            end--;
        }
        add(start, end, false);
        return buffer[at++] == delimiter;
    }

    private boolean quoted() throws IOException, FieldException {
        at++;
        int start = at - begin;
        boolean doubled = false;
        while (true) {
            if (at == limit && !fill()) {
                throw new FieldException(1214, "Delimiter not found");
            }
            byte b = buffer[at++];
            if (b == '\n') {
                nextLine++;
            } else if (b == quote) {
                if ((at < limit || fill()) && buffer[at] == quote) {
                    doubled = true;
                    at++;
                } else {
                    break;
                }
            }
        }
        add(start, at - 1 - begin, doubled);
        while (at < limit || fill()) {
            byte b = buffer[at++];
            if (b == delimiter) {
                return true;
            }
            if (b == '\n') {
                return false;
            }
            if (b != ' ' && b != '\r') {
                skipLine();
                throw new FieldException(1214, "Delimiter not found");
            }
        }
        return false;
    }

    private void skipLine() throws IOException {
        while ((at < limit || fill()) && buffer[at++] != '\n') {}
        nextLine++;
    }

    private void add(int start, int end, boolean hasDoubledQuotes) {
        if (fields == starts.length) {
            starts = Arrays.copyOf(starts, fields * 2);
            ends = Arrays.copyOf(ends, fields * 2);
            escaped = Arrays.copyOf(escaped, fields * 2);
        }
        starts[fields] = start;
        ends[fields] = end;
        escaped[fields] = hasDoubledQuotes;
        fields++;
    }

    /** Reads more, keeping the record that has begun; its fields' places are relative to its begin. */
    private boolean fill() throws IOException {
        if (limit == buffer.length) {
            if (begin == 0 && buffer.length < MAX_RECORD) {
                buffer = Arrays.copyOf(buffer, buffer.length * 2);
            } else {
                // What has been read of a record that is too long is not needed any more.
                tooLong |= begin == 0;
                int from = begin == 0 ? at : begin;
                System.arraycopy(buffer, from, buffer, 0, limit - from);
                at -= from;
                limit -= from;
                begin = 0;
            }
        }
        int n = in.read(buffer, limit, buffer.length - limit);
        if (n <= 0) {
            return false;
        }
        limit += n;
        bytes += n;
        return true;
    }
}
