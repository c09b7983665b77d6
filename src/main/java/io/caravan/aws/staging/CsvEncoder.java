package io.caravan.aws.staging;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.caravan.model.row.CsvQuoting;
import io.caravan.model.row.PackedValues;
import io.caravan.spi.DataFiles;
import io.caravan.spi.RowWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Rows as CSV in UTF-8, the way {@link DataFiles} says. A field is quoted only if it must be.
 *
 * <p>A value that cannot be written is refused. Its row cannot be taken back, so it never ends, and nothing follows it.
 */
final class CsvEncoder implements RowWriter {

    private static final int BUFFER_BYTES = 1 << 16;
    private static final int LONGEST_NUMBER = Long.toString(Long.MIN_VALUE).length();

    private final OutputStream out;
    private final String nullMarker;
    private final byte[] nullBytes;
    private final byte[] buffer = new byte[BUFFER_BYTES];
    private int size;
    private boolean inRow;
    private boolean refused;

    /**
     * Writes to the stream, which stays the caller's to close, whenever the buffer of 64 KiB is full.
     *
     * @param nullMarker how NULL is written; ASCII
     */
    CsvEncoder(OutputStream out, String nullMarker) {
        this.out = out;
        this.nullMarker = nullMarker;
        this.nullBytes = nullMarker.getBytes(US_ASCII);
    }

    /** Returns whether a row has been begun and not ended. */
    boolean inRow() {
        return inRow;
    }

    /**
     * Writes the next field of the row.
     *
     * @throws IllegalArgumentException if the value would be read as NULL, or holds half a surrogate pair, which UTF-8 cannot
     *     write; the message does not hold the value
     */
    @Override
    public void field(@Nullable String value) {
        if (value == null) {
            separate();
            write(nullBytes, nullBytes.length);
            return;
        }
        // Redshift does not say that quotes keep a value from being NULL, so they are not relied on.
        if (value.equals(nullMarker)) {
            throw refused(new IllegalArgumentException("a value equals the mark for NULL, " + nullMarker));
        }
        byte[] field;
        try {
            field = CsvQuoting.field(value);
        } catch (IllegalArgumentException e) {
            throw refused(e);
        }
        separate();
        write(field, field.length);
    }

    /** Writes packed values as they stand. */
    @Override
    public void fields(List<@Nullable String> values) {
        if (!(values instanceof PackedValues packed)) {
            RowWriter.super.fields(values);
            return;
        }
        int bytes = packed.bytes(nullBytes.length);
        separate();
        if (bytes > BUFFER_BYTES) {
            byte[] row = new byte[bytes];
            put(packed, row, 0);
            write(row, bytes);
        } else {
            reserve(bytes);
            put(packed, buffer, size);
            size += bytes;
        }
    }

    private void put(PackedValues packed, byte[] target, int at) {
        try {
            packed.write(target, at, nullBytes);
        } catch (IllegalArgumentException e) {
            throw refused(e);
        }
    }

    @Override
    public void field(long value) {
        separate();
        reserve(LONGEST_NUMBER);
        if (value < 0) {
            buffer[size++] = '-';
        }
        // Below zero, as the smallest number has no positive counterpart.
        long rest = value < 0 ? value : -value;
        int digits = 1;
        for (long left = rest / 10; left != 0; left /= 10) {
            digits++;
        }
        for (int at = size + digits - 1; at >= size; at--) {
            buffer[at] = (byte) ('0' - rest % 10);
            rest /= 10;
        }
        size += digits;
    }

    @Override
    public void endRow() {
        if (!inRow || refused) {
            throw new IllegalStateException(refused ? "a value of the row was refused" : "the row has no fields");
        }
        reserve(1);
        buffer[size++] = '\n';
        inRow = false;
    }

    /** Writes out what the buffer holds; does not flush the stream below. */
    void flush() {
        int length = size;
        size = 0;
        writeOut(buffer, length);
    }

    private void write(byte[] bytes, int length) {
        reserve(length);
        if (length > BUFFER_BYTES) {
            writeOut(bytes, length);
        } else {
            System.arraycopy(bytes, 0, buffer, size, length);
            size += length;
        }
    }

    private void writeOut(byte[] bytes, int length) {
        try {
            out.write(bytes, 0, length);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private IllegalArgumentException refused(IllegalArgumentException reason) {
        refused = true;
        inRow = true;
        return reason;
    }

    private void separate() {
        if (inRow) {
            reserve(1);
            buffer[size++] = ',';
        }
        inRow = true;
    }

    private void reserve(int bytes) {
        if (size + bytes > BUFFER_BYTES) {
            flush();
        }
    }
}
