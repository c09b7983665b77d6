package io.caravan.sandbox.value;

import io.caravan.sandbox.wire.WireWriter;
import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * Rows in PostgreSQL's binary format: each value behind its length in bytes, in the form of its type's receive function. It
 * spares PostgreSQL most of the work of reading text; but it has no defaults, takes texts to be in the encoding of the client
 * and knows nothing of the session's zone, which is taken to be UTC.
 */
public final class BinaryRows implements CopyRows {

    private static final byte[] SIGNATURE = {'P', 'G', 'C', 'O', 'P', 'Y', '\n', (byte) 0xff, '\r', '\n', 0};
    private static final int NULL = -1;
    private static final int END = -1;
    private static final short NEGATIVE = 0x4000;
    /** Decimal digits in one of PostgreSQL's, whose base is 10,000. */
    private static final int GROUP = 4;

    private final RowBuffer rows;

    public BinaryRows(WireWriter to) {
        this.rows = new RowBuffer(to);
        rows.room(SIGNATURE.length + 8).put(SIGNATURE).putInt(0).putInt(0);
        rows.beginRow();
    }

    @Override
    public void beginRow(int columns) {
        rows.room(2).putShort((short) columns);
    }

    @Override
    public void nothing() {
        rows.room(4).putInt(NULL);
    }

    @Override
    public void byDefault() {
        throw new UnsupportedOperationException("the binary format has no defaults");
    }

    @Override
    public void bool(boolean value) {
        rows.room(5).putInt(1).put((byte) (value ? 1 : 0));
    }

    @Override
    public void integer(long value, int bytes) {
        ByteBuffer out = rows.room(12).putInt(bytes);
        switch (bytes) {
            case 2 -> out.putShort((short) value);
            case 4 -> out.putInt((int) value);
            default -> out.putLong(value);
        }
    }

    @Override
    public void real(float value) {
        rows.room(8).putInt(4).putFloat(value);
    }

    @Override
    public void doublePrecision(double value) {
        rows.room(12).putInt(8).putDouble(value);
    }

    @Override
    public void date(int day) {
        rows.room(8).putInt(4).putInt(day);
    }

    @Override
    public void timestamp(long micros) {
        rows.room(12).putInt(8).putLong(micros);
    }

    @Override
    public void timestamp(long micros, int offsetSeconds) {
        timestamp(micros - offsetSeconds * PostgresTime.MICROS_PER_SECOND);
    }

    @Override
    public void time(long micros) {
        rows.room(12).putInt(8).putLong(micros);
    }

    @Override
    public void timeInUtc(long micros) {
        rows.room(16).putInt(12).putLong(PostgresTime.ofDay(micros)).putInt(0);
    }

    @Override
    public void decimal(byte[] ascii, int from, int to) {
        boolean negative = ascii[from] == '-';
        int first = negative || ascii[from] == '+' ? from + 1 : from;
        while (first < to && ascii[first] == '0') {
            first++;
        }
        int point = first;
        while (point < to && ascii[point] != '.') {
            point++;
        }
        int scale = Math.max(0, to - point - 1);
        int whole = (point - first + GROUP - 1) / GROUP;
        int groups = whole + (scale + GROUP - 1) / GROUP;
        ByteBuffer out = rows.room(12 + 2 * groups);
        out.putInt(8 + 2 * groups).putShort((short) groups).putShort((short) (whole - 1));
        out.putShort(negative ? NEGATIVE : 0).putShort((short) scale);
        groups(out, ascii, point - GROUP * whole, first, point);
        groups(out, ascii, point + 1, point + 1, to);
    }

    /** Puts the digits from (inclusive) to (exclusive) in groups that begin at the start; zeros stand around them. */
    private static void groups(ByteBuffer out, byte[] ascii, int start, int from, int to) {
        for (int group = start; group < to; group += GROUP) {
            int value = 0;
            for (int i = group; i < group + GROUP; i++) {
                value = value * 10 + (i < from || i >= to ? 0 : ascii[i] - '0');
            }
            out.putShort((short) value);
        }
    }

    @Override
    public void text(byte[] utf8, int from, int to) {
        rows.room(4 + to - from).putInt(to - from).put(utf8, from, to - from);
    }

    @Override
    public boolean endRow() throws IOException {
        return rows.endRow();
    }

    @Override
    public void dropRow() {
        rows.dropRow();
    }

    @Override
    public void end() throws IOException {
        rows.room(2).putShort((short) END);
        rows.send();
    }
}
