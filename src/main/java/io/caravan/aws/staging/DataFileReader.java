package io.caravan.aws.staging;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.caravan.spi.DataFileRecord;
import io.caravan.spi.LineCount;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/**
 * Reads the records of a data file one by one; it holds the record that it has read last. It reads what {@link CsvEncoder} writes,
 * and no other CSV.
 */
final class DataFileReader implements DataFileRecord {

    private static final int BUFFER_BYTES = 1 << 16;

    private final InputStream in;
    private final byte[] nullMarker;
    private final byte[] buffer = new byte[BUFFER_BYTES];
    private int at;
    private int limit;

    private byte[] record = new byte[BUFFER_BYTES];
    private int length;
    private long number;
    private long firstLine;
    private long lastLine;

    /**
     * Reads the stream, which stays the caller's to close.
     *
     * @param in the data file, decompressed
     * @param nullMarker how NULL is written
     */
    DataFileReader(InputStream in, String nullMarker) {
        this.in = in;
        this.nullMarker = nullMarker.getBytes(US_ASCII);
    }

    /** Goes to the next record; returns false at the end. */
    boolean next() throws IOException {
        length = 0;
        number++;
        firstLine = lastLine + 1;
        lastLine = firstLine;
        boolean quoted = false;
        while (at < limit || fill()) {
            byte b = buffer[at++];
            if (b == '\n' && !quoted) {
                return true;
            }
            if (b == '\n') {
                lastLine++;
            } else if (b == '"') {
                quoted = !quoted;
            }
            append(b);
        }
        if (length > 0) {
            throw new IOException("its last record is cut short");
        }
        return false;
    }

    @Override
    public long line(LineCount count) {
        return switch (count) {
            case FIRST_LINE -> firstLine;
            case LAST_LINE -> lastLine;
            case RECORD -> number;
        };
    }

    @Override
    public String text() {
        ByteArrayOutputStream text = new ByteArrayOutputStream(length);
        int field = 0;
        boolean quoted = false;
        for (int i = 0; i < length; i++) {
            if (record[i] == '"') {
                quoted = !quoted;
            } else if (record[i] == ',' && !quoted) {
                writeField(field, i, text);
                text.write(',');
                field = i + 1;
            }
        }
        writeField(field, length, text);
        return text.toString(UTF_8);
    }

    private void writeField(int from, int to, ByteArrayOutputStream text) {
        if (!Arrays.equals(record, from, to, nullMarker, 0, nullMarker.length)) {
            text.write(record, from, to - from);
        }
    }

    private void append(byte b) {
        if (length == record.length) {
            record = Arrays.copyOf(record, length * 2);
        }
        record[length++] = b;
    }

    private boolean fill() throws IOException {
        at = 0;
        limit = 0;
        try {
            limit = Math.max(0, in.read(buffer, 0, BUFFER_BYTES));
        } catch (RuntimeException e) {
            // The AWS SDK and ZSTD have exceptions of their own for what breaks or does not fit together.
            throw new IOException(e.getMessage(), e);
        }
        return limit > 0;
    }
}
