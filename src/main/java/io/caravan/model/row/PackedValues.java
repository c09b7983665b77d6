package io.caravan.model.row;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.RandomAccess;
import org.jspecify.annotations.Nullable;

/**
 * The values of a row in one piece: a record of a data file, as {@link io.caravan.spi.DataFiles} writes it, with nothing
 * where NULL is. It takes a fraction of the memory of as many strings, and is written to a data file as it stands. A string is
 * made of a value each time it is asked for; who wants all of them iterates. Immutable.
 *
 * <p>Fields are of UTF-8 with commas between them. A field is quoted if it holds a comma, a quote or a line break, begins or ends
 * with a blank or a control character, or is empty.
 */
public final class PackedValues extends AbstractList<@Nullable String> implements RandomAccess {

    private final byte[] csv;
    private final int size;
    private final int nulls;
    private final boolean hasQuotes;
    private final boolean endInBlanks;
    private final long firstBytes;

    /**
     * Takes a record.
     *
     * @param csv handed over
     * @param size how many values there are; at least 1
     * @param nulls how many of them are NULL
     * @param hasQuotes whether one of them is quoted
     * @param endInBlanks whether one of them ends in a blank
     * @param firstBytes has the bit {@link #bit} of each unquoted value's first byte
     */
    PackedValues(byte[] csv, int size, int nulls, boolean hasQuotes, boolean endInBlanks, long firstBytes) {
        this.csv = csv;
        this.size = size;
        this.nulls = nulls;
        this.hasQuotes = hasQuotes;
        this.endInBlanks = endInBlanks;
        this.firstBytes = firstBytes;
    }

    /**
     * Reads a record of a data file again.
     *
     * @param record as {@link io.caravan.spi.DataFileRecord#text} has it
     */
    public static List<@Nullable String> read(String record) {
        List<@Nullable String> values = new ArrayList<>();
        new PackedValues(record.getBytes(UTF_8), 1, 0, true, false, 0)
                .iterator()
                .forEachRemaining(values::add);
        return values;
    }

    static long bit(byte first) {
        return 1L << (first & 63);
    }

    @Override
    public int size() {
        return size;
    }

    @Override
    public @Nullable String get(int index) {
        Objects.checkIndex(index, size);
        int from = start(index);
        return text(from, end(from));
    }

    @Override
    public Iterator<@Nullable String> iterator() {
        return new Iterator<>() {
            private int next;

            @Override
            public boolean hasNext() {
                return next <= csv.length;
            }

            @Override
            public @Nullable String next() {
                if (!hasNext()) {
                    throw new NoSuchElementException();
                }
                int from = next;
                int to = end(from);
                next = to + 1;
                return text(from, to);
            }
        };
    }

    /**
     * Compares two rows' values at a place: first by length, then by bytes. Neither is NULL, or needs quotes.
     *
     * @return negative if the other comes after this one, 0 if they are the same
     */
    public int compareAt(int index, PackedValues other) {
        int from = start(index);
        int to = end(from);
        int otherFrom = other.start(index);
        int otherTo = other.end(otherFrom);
        int longer = (to - from) - (otherTo - otherFrom);
        return longer != 0 ? longer : Arrays.compare(csv, from, to, other.csv, otherFrom, otherTo);
    }

    /** Returns whether a value may end in a blank. */
    public boolean endInBlanks() {
        return endInBlanks;
    }

    /** Has a digest take in the record; two lists of values have the same one only if they are equal. */
    public void update(MessageDigest digest) {
        digest.update(csv);
    }

    /** Returns how many bytes {@link #write} writes with a mark of so many bytes. */
    public int bytes(int markBytes) {
        return csv.length + nulls * markBytes;
    }

    /**
     * Writes the record, without a line break.
     *
     * @param nullMark what is written where NULL is
     * @throws IllegalArgumentException if a value would be read as NULL; nothing that counts is written then
     */
    public void write(byte[] target, int at, byte[] nullMark) {
        if (nulls == 0 && !mayHold(nullMark)) {
            System.arraycopy(csv, 0, target, at, csv.length);
            return;
        }
        int next = at;
        for (int from = 0; from <= csv.length; from = end(from) + 1) {
            int to = end(from);
            if (from > 0) {
                target[next++] = ',';
            }
            byte[] source = from == to ? nullMark : csv;
            int first = from == to ? 0 : from;
            int length = from == to ? nullMark.length : to - from;
            if (from < to && Arrays.equals(csv, from, to, nullMark, 0, nullMark.length)) {
                throw new IllegalArgumentException("a value equals the mark for NULL, " + new String(nullMark, UTF_8));
            }
            System.arraycopy(source, first, target, next, length);
            next += length;
        }
    }

    private boolean mayHold(byte[] nullMark) {
        return (firstBytes & bit(nullMark[0])) != 0;
    }

    private int start(int index) {
        int start = 0;
        for (int i = 0; i < index; i++) {
            start = end(start) + 1;
        }
        return start;
    }

    /** Returns where the field ends that begins here. */
    private int end(int from) {
        int at = from;
        if (hasQuotes && at < csv.length && csv[at] == '"') {
            // A quote in the value is two.
            do {
                at++;
                while (csv[at] != '"') {
                    at++;
                }
                at++;
            } while (at < csv.length && csv[at] == '"');
            return at;
        }
        while (at < csv.length && csv[at] != ',') {
            at++;
        }
        return at;
    }

    private @Nullable String text(int from, int to) {
        if (from == to) {
            return null;
        }
        if (csv[from] != '"') {
            return new String(csv, from, to - from, UTF_8);
        }
        return new String(csv, from + 1, to - from - 2, UTF_8).replace("\"\"", "\"");
    }
}
