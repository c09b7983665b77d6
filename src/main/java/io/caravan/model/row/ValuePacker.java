package io.caravan.model.row;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Packs the values of one row after the other. Values may be put in any order. Not safe for use by several threads. */
public final class ValuePacker {

    private static final int FIRST_BYTES = 1 << 10;

    private static final char FIRST_OF_TWO_BYTES = 0x80;
    private static final char FIRST_OF_THREE_BYTES = 0x800;

    /** Where the field of each place is in the buffer, if one was put there; a comma stands behind it. */
    private final int[] from;

    private final int[] to;

    /** A bit for each place in which a value was put. */
    private final long[] filled;

    private byte[] buffer = new byte[FIRST_BYTES];
    private int end;
    private int nulls;
    private boolean hasQuotes;
    private boolean endInBlanks;
    private boolean isInOrder;
    private int lastPlace;
    private long firstBytes;

    /** Packs rows of so many values. */
    public ValuePacker(int size) {
        this.from = new int[size];
        this.to = new int[size];
        this.filled = new long[1 + size / Long.SIZE];
        clear();
    }

    /** Begins a row, of which all values are NULL. */
    public void clear() {
        Arrays.fill(filled, 0);
        end = 0;
        nulls = to.length;
        hasQuotes = false;
        endInBlanks = false;
        isInOrder = true;
        lastPlace = -1;
        firstBytes = 0;
    }

    /**
     * Puts a value in its place, which is NULL so far; null leaves it so.
     *
     * @throws IllegalArgumentException if it holds half a surrogate pair, which UTF-8 cannot write
     */
    public void put(int place, @Nullable String value) {
        if (value == null) {
            return;
        }
        byte[] bytes = CsvQuoting.field(value);
        reserve(bytes.length + 1);
        System.arraycopy(bytes, 0, buffer, end, bytes.length);
        hasQuotes |= bytes[0] == '"';
        endInBlanks |= value.endsWith(" ");
        add(place, bytes.length);
    }

    /**
     * Puts a value in its place, which is NULL so far.
     *
     * @param text holds it; only digits and other visible ASCII characters, but no comma and no quote
     * @param from where it begins
     * @param to where it ends, behind its beginning
     * @param tail what is to follow, of the same characters; may be empty
     */
    public void putPlain(int place, char[] text, int from, int to, String tail) {
        int length = to - from;
        reserve(length + tail.length() + 1);
        byte[] bytes = buffer;
        int at = end;
        for (int i = from; i < to; i++) {
            bytes[at++] = (byte) text[i];
        }
        for (int i = 0; i < tail.length(); i++) {
            bytes[at++] = (byte) tail.charAt(i);
        }
        add(place, length + tail.length());
    }

    /**
     * Puts a text in its place, which is NULL so far.
     *
     * @param text holds it
     * @param from where it begins
     * @param to where it ends, behind its beginning
     * @param maxBytes how many bytes of UTF-8 it may take
     * @return whether it did; not if the text is longer, or holds NUL or surrogates
     */
    public boolean putText(int place, char[] text, int from, int to, int maxBytes) {
        if (to - from > maxBytes) {
            return false;
        }
        // Each character may be three bytes or two quotes, between quotes, and before a comma.
        reserve(3 * (to - from) + 3);
        boolean isPlain = !CsvQuoting.isBlank(text[from]) && !CsvQuoting.isBlank(text[to - 1]);
        byte[] bytes = buffer;
        int at = end;
        for (int i = from; isPlain && i < to; i++) {
            char c = text[i];
            isPlain = c < FIRST_OF_TWO_BYTES && c != 0 && !CsvQuoting.isSpecial(c);
            bytes[at++] = (byte) c;
        }
        if (isPlain) {
            add(place, at - end);
            return true;
        }
        return putUtf8(place, text, from, to, maxBytes);
    }

    private boolean putUtf8(int place, char[] text, int from, int to, int maxBytes) {
        byte[] bytes = buffer;
        int at = end;
        boolean isQuoted = CsvQuoting.isNeeded(text, from, to);
        if (isQuoted) {
            bytes[at++] = '"';
        }
        int length = 0;
        for (int i = from; i < to; i++) {
            char c = text[i];
            if (c == 0 || Character.isSurrogate(c)) {
                return false;
            }
            if (c < FIRST_OF_TWO_BYTES) {
                bytes[at++] = (byte) c;
                length++;
                if (c == '"') {
                    bytes[at++] = '"';
                }
            } else if (c < FIRST_OF_THREE_BYTES) {
                bytes[at++] = (byte) (0xC0 | (c >> 6));
                bytes[at++] = (byte) (0x80 | (c & 0x3F));
                length += 2;
            } else {
                bytes[at++] = (byte) (0xE0 | (c >> 12));
                bytes[at++] = (byte) (0x80 | ((c >> 6) & 0x3F));
                bytes[at++] = (byte) (0x80 | (c & 0x3F));
                length += 3;
            }
        }
        if (length > maxBytes) {
            return false;
        }
        if (isQuoted) {
            bytes[at++] = '"';
            hasQuotes = true;
            endInBlanks |= text[to - 1] == ' ';
        }
        add(place, at - end);
        return true;
    }

    /** Returns the value that was put in a place; null if none was. */
    public @Nullable String get(int place) {
        if (isNull(place)) {
            return null;
        }
        byte[] field = Arrays.copyOfRange(buffer, from[place], to[place]);
        return new PackedValues(field, 1, 0, field[0] == '"', false, 0).get(0);
    }

    /** Returns how many bytes of UTF-8 the values take that were put so far, with quotes and commas. */
    public int bytes() {
        return end;
    }

    /** Returns the row. */
    public PackedValues pack() {
        return new PackedValues(
                isInOrder && nulls == 0 ? inOrder() : ordered(), to.length, nulls, hasQuotes, endInBlanks, firstBytes);
    }

    private byte[] inOrder() {
        return Arrays.copyOf(buffer, end - 1);
    }

    private byte[] ordered() {
        byte[] csv = new byte[end - (to.length - nulls) + to.length - 1];
        int at = 0;
        for (int place = 0; place < to.length; place++) {
            if (place > 0) {
                csv[at++] = ',';
            }
            if (!isNull(place)) {
                int length = to[place] - from[place];
                System.arraycopy(buffer, from[place], csv, at, length);
                at += length;
            }
        }
        return csv;
    }

    private boolean isNull(int place) {
        return (filled[place / Long.SIZE] & 1L << place) == 0;
    }

    private void add(int place, int length) {
        if (buffer[end] != '"') {
            firstBytes |= PackedValues.bit(buffer[end]);
        }
        isInOrder &= place > lastPlace;
        lastPlace = place;
        nulls--;
        filled[place / Long.SIZE] |= 1L << place;
        from[place] = end;
        end += length;
        to[place] = end;
        buffer[end++] = ',';
    }

    private void reserve(int bytes) {
        if (end + bytes > buffer.length) {
            buffer = Arrays.copyOf(buffer, Math.max(2 * buffer.length, end + bytes));
        }
    }
}
