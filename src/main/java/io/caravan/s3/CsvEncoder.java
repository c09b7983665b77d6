package io.caravan.s3;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.caravan.model.CsvQuoting;
import io.caravan.model.PackedValues;
import io.caravan.spi.DataFiles;
import io.caravan.spi.RowWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Rows as CSV in UTF-8, the way {@link DataFiles} says, straight into bytes. A field is quoted only if it must be: if it holds
 * a comma, a quote or a line break, begins or ends with a blank or a control character, or is empty.
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
            reserve(nullBytes.length);
            System.arraycopy(nullBytes, 0, buffer, size, nullBytes.length);
            size += nullBytes.length;
        } else if (!writtenPlain(value)) {
            // Redshift does not say that quotes keep a value from being NULL, so they are not relied on.
            if (value.equals(nullMarker)) {
                throw refused(new IllegalArgumentException("a value equals the mark for NULL, " + nullMarker));
            }
            try {
                CsvQuoting.requireWholePairs(value);
            } catch (IllegalArgumentException e) {
                throw refused(e);
            }
            separate();
            write(value, CsvQuoting.isNeeded(value));
        }
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
            write(packed, row, 0);
            flush();
            write(row, bytes);
        } else {
            reserve(bytes);
            write(packed, buffer, size);
            size += bytes;
        }
    }

    private void write(PackedValues packed, byte[] target, int at) {
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
        write(buffer, size);
        size = 0;
    }

    private void write(byte[] bytes, int length) {
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

    /** Writes the usual value in one pass: ASCII, nothing to quote. Otherwise leaves everything as it was. */
    private boolean writtenPlain(String value) {
        int length = value.length();
        if (length == 0
                || length > BUFFER_BYTES / 2
                || CsvQuoting.isBlank(value.charAt(0))
                || CsvQuoting.isBlank(value.charAt(length - 1))) {
            return false;
        }
        if (length == nullBytes.length && value.equals(nullMarker)) {
            return false;
        }
        reserve(length + 1);
        int at = size;
        if (inRow) {
            buffer[at++] = ',';
        }
        for (int i = 0; i < length; i++) {
            char c = value.charAt(i);
            if (c >= 0x80 || CsvQuoting.isSpecial(c)) {
                return false;
            }
            buffer[at++] = (byte) c;
        }
        size = at;
        inRow = true;
        return true;
    }

    private void write(String value, boolean quoted) {
        if (quoted) {
            put('"');
        }
        int codePoint;
        for (int i = 0; i < value.length(); i += Character.charCount(codePoint)) {
            codePoint = value.codePointAt(i);
            if (codePoint == '"') {
                put('"');
            }
            if (codePoint < 0x80) {
                put(codePoint);
            } else {
                putUtf8(codePoint);
            }
        }
        if (quoted) {
            put('"');
        }
    }

    private void put(int ascii) {
        reserve(1);
        buffer[size++] = (byte) ascii;
    }

    /** Writes a code point from U+0080 on. */
    private void putUtf8(int codePoint) {
        reserve(4);
        if (codePoint < 0x800) {
            buffer[size++] = (byte) (0xc0 | (codePoint >> 6));
        } else {
            if (codePoint < 0x10000) {
                buffer[size++] = (byte) (0xe0 | (codePoint >> 12));
            } else {
                buffer[size++] = (byte) (0xf0 | (codePoint >> 18));
                buffer[size++] = (byte) (0x80 | ((codePoint >> 12) & 0x3f));
            }
            buffer[size++] = (byte) (0x80 | ((codePoint >> 6) & 0x3f));
        }
        buffer[size++] = (byte) (0x80 | (codePoint & 0x3f));
    }
}
